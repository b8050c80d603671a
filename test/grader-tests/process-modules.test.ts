// プログラムを動かす道具 (grader/process/) のテスト。名前が、ファイルの名前。preload.cjs のテストは preload.test.ts
import { describe, expect, test } from "@jest/globals";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Clock } from "../grader/process/clock.ts";
import { endAll, type Launched } from "../grader/process/end-all.cjs";
import { environment } from "../grader/process/environment.ts";
import { Notices } from "../grader/process/notices.ts";
import { connect, listen } from "../grader/process/peer.ts";
import { startReaper } from "../grader/process/start-reaper.ts";
import { Session } from "../grader/process/session.ts";
import { takeStartSlot } from "../grader/process/start-slots.ts";
import { knowsDelays, memory, parentOf, processes } from "../grader/process/system.cjs";
import { Usage } from "../grader/process/usage.ts";
import { root } from "../grader/repository-root.ts";
import type { Failure } from "../grader/report/failure.ts";
import { session, start, temporary, useSession } from "./short-program.ts";

/** 道具が壊れて待ち続けるときに、早く赤くなるように (ms) */
const limit = 30_000;

useSession(1000);

/** 失敗を、値として得る */
const failure = (promise: Promise<unknown>) => promise.then(() => undefined, (error: Failure) => error.report);

/** 環境変数 MARK を付けて、動き続けるものを動かす */
const marked = (MARK: string) => spawn("sleep", ["1000"], { env: { ...process.env, MARK }, stdio: "ignore" });

describe("clock.ts", () => {
  test("今から数えて進む", async () => {
    const passed = session.clock.after(100);
    expect(passed()).toBe(false);
    while (!passed()) await sleep(10);
    expect(session.clock.after(100)()).toBe(false); // 前のことは、数えない
  }, limit);

  test("動かしたものが CPU を待っていた時間を除いて進む", async () => {
    let delayed = 0;
    const clock = new Clock([{ delayed: () => delayed }]);
    const passed = clock.after(100);
    delayed = 1e6;
    await sleep(300);
    expect(passed()).toBe(false);
    delayed = 0;
    while (!passed()) await sleep(10);
    clock.stop();
  }, limit);

  test("このプロセスが止められていた時間は、半秒までしか数えない", async () => {
    const passed = session.clock.after(1000);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
    await sleep(100);
    expect(passed()).toBe(false);
  }, limit);

  test("進むたびに知らせ、止めると知らせない", async () => {
    const clock = new Clock([]);
    let ticks = 0;
    await new Promise<void>((enough) => clock.everyTick(() => ++ticks === 3 && enough()));
    clock.stop();
    await sleep(0); // もう頼まれていた1回
    const before = ticks;
    await sleep(200);
    expect(ticks).toBe(before);
  }, limit);
});

describe("session.ts", () => {
  test("終わりに、予約した後片付けを待ち、時計を止める", async () => {
    const ended = new Session(1000);
    const done: string[] = [];
    let ticks = 0;
    ended.clock.everyTick(() => ticks++);
    ended.atEnd(() => sleep(10).then(() => done.push("片付け")));
    await ended.end();
    expect(done).toEqual(["片付け"]);
    await sleep(0);
    const before = ticks;
    await sleep(200);
    expect(ticks).toBe(before);
  }, limit);

  test("終わると、動かしたものはみな終わっている", async () => {
    const { pid } = await start("setInterval(() => {}, 1e6);");
    await session.end();
    expect(processes().map((one) => one.pid)).not.toContain(pid);
  }, limit);

  test("接続が切れたあとの失敗は、プログラムが終わるのを長く待つ", async () => {
    const waits: number[] = [];
    const settle = async (ms: number) => void waits.push(ms);
    const interrupt = async () => {};
    const output = () => ({ name: "", stdout: "", stderr: "" });
    session.programs.push({ output, launched: { mark: "ない目印" }, delayed: () => 0, settle, interrupt });
    await failure(session.fail({ done: "", expected: "" }, undefined));
    session.disconnected = true;
    await failure(session.fail({ done: "", expected: "" }, undefined));
    expect(waits).toEqual([300, 1000]);
  }, limit);

  test("失敗は、したことと期待と、その前のことと、プログラムの出力を持つ", async () => {
    const output = { name: "a/server.ts", stdout: "表示\n", stderr: "" };
    const [settle, interrupt] = [async () => {}, async () => {}];
    const launched = { mark: "ない目印" };
    session.programs.push({ output: () => output, launched, delayed: () => 0, settle, interrupt });
    session.before.push("前のこと");
    const story = { done: "したこと", expected: "期待" };
    const before = ["前のこと"];
    expect(await failure(session.fail(story, undefined, "見たこと"))).toMatchObject({
      ...story, before, saw: "見たこと", outputs: [output],
    });
  }, limit);
});

describe("waitable.ts", () => {
  test("until は、成り立つまで待つ。成り立たなければ、限度で失敗する", async () => {
    const program = await start("setTimeout(() => console.log('あと'), 100); setInterval(() => {}, 1e6);");
    const story = { done: "待つ", expected: "表示される" };
    expect(await program.until(() => program.stdout || undefined, story)).toBe("あと\n");
    const report = await failure(program.until(() => undefined, { ...story, limit: 100 }));
    expect(report).toMatchObject({ ...story, saw: "時間内にそうなりませんでした" });
  }, limit);

  test("quiet は、起きたことを返す。あとから起きても", async () => {
    const program = await start("setTimeout(() => console.log('あと'), 100); setInterval(() => {}, 1e6);");
    expect(await program.quiet(() => program.stdout || undefined, 5000)).toBe("あと\n");
    expect(await program.quiet(() => undefined, 50)).toBeUndefined();
  }, limit);
});

describe("start-slots.ts", () => {
  test("起動する場所は、返せば何度でも空く", async () => {
    for (let i = 0; i < 100; i++) {
      const giveBack = await takeStartSlot();
      giveBack();
      giveBack(); // 2度返しても、1つしか空かない
    }
  }, limit);

  test("あとから頼まれたものが先", async () => {
    const taken = await Promise.all(Array.from({ length: availableParallelism() + 1 }, takeStartSlot));
    const order: string[] = [];
    const waiting = ["先", "あと"].map((name) => takeStartSlot().then((giveBack) => (order.push(name), giveBack())));
    for (const giveBack of taken) giveBack();
    await Promise.all(waiting);
    expect(order).toEqual(["あと", "先"]);
  }, limit);
});

test("environment.ts: 要るもののほかは渡さない", () => {
  process.env.GITHUB_TOKEN = "秘密";
  const names = Object.keys(environment());
  delete process.env.GITHUB_TOKEN;
  expect(names).toContain("PATH");
  for (const name of ["GITHUB_TOKEN", "PORT", "NODE_ENV", "JEST_WORKER_ID", "TEST_FOLDER", "SEED"])
    expect(names).not.toContain(name);
});

test("launch.ts: 手で動かすときのように、レッスンのフォルダのある所で、PORT だけを加えて動かす", async () => {
  const program = await start("console.log(process.cwd(), process.argv[1], process.env.PORT, typeof process.send);");
  const folder = join(process.env.TEST_FOLDER!);
  const [cwd, file, ...rest] = (await program.ends()).stdout.trim().split(" ");
  expect([cwd, file.startsWith(folder), rest]).toEqual([folder, true, ["undefined", "function"]]);
}, limit);

test("pipes.ts: 標準入力も標準出力も、/dev/stdin などとして開ける。入力の終わりも伝わる", async () => {
  const program = await start(`
    const fs = require("node:fs");
    const [input, output] = [fs.openSync("/dev/stdin", "r"), fs.openSync("/dev/stdout", "w")];
    fs.writeSync(output, "開いた\\n");
    fs.writeSync(output, fs.readFileSync(input));
    fs.writeSync(fs.openSync("/dev/stderr", "w"), "エラー");`);
  await program.shows("開いた");
  program.type("打つ\n");
  program.endInput();
  expect(await program.ends()).toEqual({ code: 0, stdout: "開いた\n打つ\n", stderr: "エラー" });
}, limit);

test("launch.ts: 一時フォルダは、起動ごとに別の空のフォルダ", async () => {
  const code = 'console.log(require("os").tmpdir(), require("fs").readdirSync(require("os").tmpdir()).length);';
  const [one, other] = [(await (await start(code)).ends()).stdout, (await (await start(code)).ends()).stdout];
  expect(one).toMatch(/ 0\n$/);
  expect(one).not.toBe(other);
}, limit);

test("start-reaper.ts: 一時フォルダを作り、片付け終わるのを待てる", async () => {
  const { TEST_FOLDER } = process.env;
  const stop = startReaper();
  const folder = process.env.TEST_FOLDER!;
  process.env.TEST_FOLDER = TEST_FOLDER;
  expect(existsSync(folder)).toBe(true);
  await stop();
  expect(existsSync(folder)).toBe(false);
}, limit);

test("notices.ts: 書かれた知らせを、書かれるたびに受け取る", async () => {
  let changes = 0;
  const notices = new Notices(temporary(), () => changes++);
  session.atEnd(() => notices.stop());
  const listening = { asked: 6000, address: "127.0.0.1", port: 50_000 };
  appendFileSync(notices.file, `${JSON.stringify({ running: true })}\n${JSON.stringify({ listening })}\n`);
  while (changes < 2) await sleep(10);
  appendFileSync(notices.file, `${JSON.stringify({ connecting: 6000 })}\n`);
  while (changes < 3) await sleep(10);
  expect(notices).toMatchObject({ running: true, listened: [listening], connecting: [6000] });
}, limit);

describe("program.ts", () => {
  test("読み込み終わると、次を起動する場所を返す", async () => {
    for (let i = 0; i < availableParallelism() + 2; i++) await start("setInterval(() => {}, 1e6);");
  }, limit);

  test("打ったものが届き、表示と終了コードが分かる", async () => {
    const program = await start("process.stdin.on('data', (d) => { console.log(`${d}`.trim()); process.exit(3); });");
    program.type("打つ\n");
    expect(await program.ends()).toEqual({ code: 3, stdout: "打つ\n", stderr: "" });
  }, limit);

  test("子プロセスが標準出力を持ったままでも、終わったことが分かる。interrupt は、Ctrl-C で終わらせる", async () => {
    const holding = await start(`
      require("node:child_process").spawn("sleep", ["1000"], { stdio: "inherit", detached: true }).unref();
      console.log("終わり");`);
    expect(await holding.ends()).toMatchObject({ code: 0, stdout: "終わり\n" });
    const ending = 'process.on("SIGINT", () => process.exit(7));';
    const waiting = await start(`${ending} setInterval(() => {}, 1e6); console.log("待つ");`);
    await waiting.shows("待つ");
    await waiting.interrupt();
    expect((await waiting.ends()).code).toBe(7);
  }, limit);

  test("終わるのを待ったプログラムのエラーを、あとの失敗の訳にしない", async () => {
    const [awaited, crashed] = [await start("process.exit(1);"), await start("process.exit(2);")];
    await awaited.ends();
    await crashed.settle(1000);
    expect(awaited.output().crash).toBeUndefined();
    const report = await failure(session.fail({ done: "", expected: "" }, undefined, "閉じられました"));
    expect(report!.saw).toMatch(/program\.ts が 終了コード 2 で終わりました$/);
  }, limit);
});

test("peer.ts: 送り、ちょうどのものが届くのを待つ。違うものが届けば、それを言う", async () => {
  const program = await start("setInterval(() => {}, 1e6);");
  const raw = await listen(session);
  const here = await connect({ host: "127.0.0.1", port: raw.port }, session);
  const there = await raw.accept(program);
  there.send("こんにちは");
  await here.gets("こんにちは", "待つ");
  there.send("さようなら");
  expect(await failure(here.gets("こんばんは", "待つ"))).toMatchObject({
    expected: "「こんばんは」が届く",
    saw: "「さようなら」が届きました",
    arrived: true,
  });
  there.leave();
  expect(await here.closes()).toBe("さようなら");
}, limit);

describe("system.cjs", () => {
  test("プロセスの親と環境変数とメモリが分かる", async () => {
    const mark = `system-${process.pid}`;
    const child = marked(mark);
    expect(processes().filter(({ text }) => text?.includes(`MARK=${mark}`))).toMatchObject([{ pid: child.pid }]);
    expect(parentOf(child.pid!)).toBe(process.pid);
    expect(memory([process.pid])).toBeGreaterThan(20 * 2 ** 20);
    child.kill();
  });
});

(knowsDelays ? test : test.skip)("usage.ts: CPU を休みなく使っているかが分かる", async () => {
  const [busy, idle] = [await start("for (;;);"), await start("setInterval(() => {}, 1e6);")];
  const wait = { done: "待つ", expected: "CPU を使い続ける" };
  await busy.until(() => busy.keeps()?.includes("CPU を休みなく使っています") || undefined, { ...wait, limit: 20_000 });
  expect(idle.keeps()).toContain("タイマー");
  expect([busy.spinning(), idle.spinning()]).toEqual([expect.stringContaining("CPU を休みなく"), undefined]);
}, limit);

// 分からないシステムでは、時計は別のもので進む
(knowsDelays ? test : test.skip)("usage.ts: CPU が空くのを待っていた時間が増える", async () => {
  const busy = Array.from({ length: 2 * availableParallelism() }, () => spawn("sh", ["-c", "while :; do :; done"]));
  const all = busy.map(({ pid }) => new Usage(pid!));
  const totals = [0];
  while (totals.at(-1)! < 100) {
    await sleep(60);
    totals.push(all.reduce((sum, usage) => sum + usage.delayed(), 0));
  }
  expect(totals).toEqual(totals.toSorted((a, b) => a - b)); // 減らない
  for (const child of busy) child.kill("SIGKILL");
}, limit);

describe("end-all.cjs", () => {
  /** 終わらせたものの終わり方 */
  const ended = (child: ChildProcess, program: Launched) => {
    const exited = once(child, "exit");
    endAll([program]);
    return exited;
  };

  test("目印のあるものを終わらせる", async () => {
    const mark = `marked-${process.pid}`;
    expect(await ended(marked(mark), { mark })).toEqual([null, "SIGKILL"]);
  }, limit);

  test("環境変数がなくても、グループのものを終わらせる", async () => {
    const child = spawn("sh", ["-c", "env -i sleep 1000 & echo; wait"], { detached: true });
    await once(child.stdout, "data");
    expect(await ended(child, { mark: "ない目印", pid: child.pid! })).toEqual([null, "SIGKILL"]);
    await once(child.stdout.resume(), "close"); // 孫も終わると、閉じられる
  }, limit);
});

test("reaper.cjs: jest が終わると、一時フォルダの名前を持つものを (ワーカーも) 終わらせ、フォルダを消す", async () => {
  const folder = temporary();
  const worker = marked(folder);
  const exited = once(worker, "exit");
  const reaper = spawn(process.execPath, [join(root, "test/grader/process/reaper.cjs"), folder]);
  reaper.stdin.end();
  expect(await exited).toEqual([null, "SIGKILL"]);
  await once(reaper, "exit");
  expect(existsSync(folder)).toBe(false);
}, limit);
