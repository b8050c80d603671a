// 動かすプログラムに読み込ませるもの (grader/process/preload.cjs) のテスト。ここが赤いなら、まずそのファイルを見る
import { expect, test } from "@jest/globals";
import type { LaunchOptions } from "../grader/process/launch.ts";
import { listen } from "../grader/process/peer.ts";
import type { Program } from "../grader/process/program.ts";
import * as short from "./short-program.ts";

short.useSession(20_000);

const start = (code: string, options: LaunchOptions) =>
  short.start(`const net = require("node:net");\n${code}`, options);

/** この知らせがあるまで待つ */
const told = <T>(program: Program, condition: () => T | undefined) =>
  program.until(condition, { done: "preload.cjs の知らせを待つ", expected: "知らせがある" });

test("preload.cjs は、空いているポートで listen させ、頼んだ番号に見せ、本当の番号を知らせる", async () => {
  const code = `const s = net.createServer().listen(6000, "127.0.0.1", () => console.log(s.address().port));`;
  const program = await start(code, { anyPort: true });
  const { asked, port, address } = await told(program, () => program.listened[0]);
  expect([asked, address, port === 6000]).toEqual([6000, "127.0.0.1", false]);
  await told(program, () => program.stdout === "6000\n" || undefined);
});

test.each([
  ["どの番号も", "net.connect(6000)", (port: number) => port],
  ["表の番号を", "net.connect({ port: 6000 })", (port: number) => ({ 6000: port })],
])("preload.cjs は、つなぐ先の%s読み替え、頼んだ番号を知らせる", async (_, code, table) => {
  const raw = await listen(short.session);
  const program = await start(code, { connectTo: table(raw.port) });
  await raw.accept(program);
  expect(program.connecting).toEqual([6000]);
});

test("preload.cjs は、自分で待っているポートには、そのままつながせる", async () => {
  const connect = "net.connect(6000, () => console.log('自分'))";
  const program = await start(`net.createServer().listen(6000, () => ${connect});`, { anyPort: true });
  await told(program, () => program.stdout === "自分\n" || undefined);
});

test.each([
  ["timer", "setInterval(() => {}, 1e6);"],
  ["server", "net.createServer().listen(6000);"],
  ["input", "process.stdin.resume();"],
] as const)("preload.cjs は、何のために動き続けているかを知らせる: %s", async (cause, code) => {
  const program = await start(code, { anyPort: true, terminal: true });
  const state = await told(program, () => (program.state[cause] ? program.state : undefined));
  expect(state).toEqual({ loaded: true, timer: false, server: false, socket: false, input: false, [cause]: true });
});

const runs = ["spawn", "spawnSync", "execFileSync"];
test.each(runs)("preload.cjs は、子プロセスの中でも働く。環境変数を選んで渡しても: %s", async (run) => {
  const child = `require("node:net").createServer().listen(6000)`;
  const code = `require("node:child_process").${run}(process.execPath, ["-e", ${JSON.stringify(child)}], { env: {} });`;
  const program = await start(code, { anyPort: true });
  expect((await told(program, () => program.listened[0])).asked).toBe(6000);
});

test("preload.cjs は、端末のように、読むのをやめた標準入力でプログラムを引き止めない", async () => {
  const program = await start(`process.stdin.once("data", () => process.stdin.pause());`, { terminal: true });
  program.type("終わり\n");
  expect((await program.ends()).code).toBe(0);
});

test("preload.cjs は、つないだままなので動き続けていることを知らせる", async () => {
  const raw = await listen(short.session);
  const program = await start("net.connect(6000);", { connectTo: raw.port });
  expect(await told(program, () => program.state.socket)).toBe(true);
});

test.each([
  ["閉じ始めた", "closed", "socket.end()"],
  ["終わった", "ended", "process.exit()"],
])("preload.cjs は、つないだ側が、何も受け取らないうちに%sことを知らせる", async (_, early, leave) => {
  const raw = await listen(short.session);
  const code = `const socket = net.connect(6000, () => ${leave});`;
  const program = await start(code, { connectTo: raw.port });
  expect(await told(program, () => program.early)).toBe(early);
});

test("preload.cjs は、返事を受け取ってから閉じたことを、早いとは言わない", async () => {
  const raw = await listen(short.session);
  const code = `const socket = net.connect(6000).once("data", () => socket.end());`;
  const program = await start(code, { connectTo: raw.port });
  (await raw.accept(program)).send("返事");
  await program.ends();
  expect(program.early).toBeUndefined();
});
