// jest が終わるとき (Ctrl-C でも) に1回だけ: まだ動いているプログラムを終わらせ、setup.ts が作ったフォルダを消す
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

export default function teardown() {
  for (const pid of readdirSync(join(process.env.COPIES!, "running"))) {
    try {
      process.kill(-Number(pid), "SIGKILL");
    } catch {
      // もう残っていない
    }
  }
  rmSync(process.env.COPIES!, { recursive: true });
}
