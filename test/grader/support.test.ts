// 道具 (test/support) の、ほかのテストでは黙って止まってしまう所のテスト
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { environment } from "../support/environment.ts";
import { begun, endAll } from "../support/processes.cjs";
import { Trial } from "../support/trial.ts";
import { takeTurn } from "../support/turn.ts";

let trial: Trial;
beforeEach(() => (trial = new Trial(1000)));
afterEach(() => trial.end());

test("trial.ts の時計は、今から数えて進む", async () => {
  const passed = trial.after(100);
  expect(passed()).toBe(false);
  while (!passed()) await sleep(10);
  expect(trial.after(100)()).toBe(false); // 前のことは、数えない
}, 10_000);

test("trial.ts の時計は、プログラムが CPU を待っていた時間を除いて進む", async () => {
  let starved = 0;
  const output = () => ({ name: "", stdout: "", stderr: "", fault: undefined });
  trial.programs.push({ output, starved: () => starved, settle: async () => {} });
  const passed = trial.after(100);
  starved = 1e6;
  await sleep(300);
  expect(passed()).toBe(false);
  starved = 0;
  while (!passed()) await sleep(10);
}, 10_000);

// 番号が一回りして、残ったものの番号が、プログラムの番号より小さいときも
test.each([0, 1_000_000_000])("processes.cjs は、番号の順によらずに終わらせる (%i)", async (more) => {
  const mark = `MARK-${process.pid}-${more}`;
  const child = spawn("sleep", ["1000"], { env: { ...process.env, mark }, stdio: "ignore" });
  const exited = once(child, "exit");
  const program = begun(child.pid!);
  endAll({ ...program, mark, pid: child.pid! + more });
  expect(await exited).toEqual([null, "SIGKILL"]);
}, 10_000);

test("turn.ts の順番は、返せば、何度でも回ってくる", async () => {
  for (let i = 0; i < 100; i++) {
    const pass = await takeTurn();
    pass();
    pass(); // 2度呼んでも、1つしか返らない
  }
}, 10_000);

test("environment.ts は、npm と jest と採点のための環境変数を渡さない", () => {
  const given = { PORT: "7000", NODE_ENV: "test", npm_lifecycle_event: "test", SEED: "1", JEST_WORKER_ID: "1" };
  const before = { ...process.env };
  Object.assign(process.env, given);
  const names = Object.keys(environment());
  for (const name of Object.keys(given)) {
    expect(names).not.toContain(name);
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});
