// jest が終わるときに1回だけ: setup.ts が作った写しを消す
import { rmSync } from "node:fs";

export default function teardown() {
  rmSync(process.env.COPIES!, { recursive: true });
}
