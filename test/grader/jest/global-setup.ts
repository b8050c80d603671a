// jest が始める前に1回だけ: 一時フォルダを作り、reaper.cjs を立て、値を決める。Windows の npm test は断る
import { endWithParent } from "../process/end-with-parent.ts";
import { startReaper } from "../process/start-reaper.ts";

export default function setup() {
  if (process.platform === "win32" && process.env.npm_lifecycle_event === "test") {
    console.error("エラー: npm test は、macOS か Linux か WSL で動かしてください");
    process.exit(1);
  }
  endWithParent();
  Object.assign(globalThis, { stopReaper: startReaper() });
  process.env.SEED ??= String(Math.floor(Math.random() * 1_000_000));
}
