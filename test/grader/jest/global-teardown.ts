// jest が終わるときに1回だけ: reaper.cjs に知らせ、片付け終わるのを待つ
import { once } from "node:events";

export default async function teardown() {
  const { reaper } = globalThis as any;
  reaper.ref(); // 待つ間に、jest が先に終わらないように
  reaper.stdin.end();
  await once(reaper, "exit");
}
