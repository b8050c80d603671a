// jest が終わるときに1回だけ: 見張り (keeper.cjs) に知らせ、片付け終わるのを待つ
import { once } from "node:events";

export default async function teardown() {
  const { keeper } = globalThis as any;
  keeper.stdin.end();
  await once(keeper, "exit");
}
