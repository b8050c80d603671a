// 提出物が動かしたものは、何も残らない。採点を途中で終わらせても
import { once } from "node:events";
import { readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "@jest/globals";
import { processes } from "../grader/process/system.cjs";
import { classOf, run } from "./run-command.ts";
import { temporary } from "./short-program.ts";
import { grade } from "./submissions.ts";

/**
 * 別のセッションに移ったもの、同期で動かしたもの、親を失ったもの、環境変数を消したもの、シェルのジョブを残す提出。
 * @param mark 動かしたものの目印
 * @param forever 自分は終わらないための文
 * @param last みな動いてから、最後のものがシェルで行うこと
 */
const stubborn = (mark: string, forever: string, last = "echo") => `
  const { spawn, spawnSync } = require("node:child_process");
  const env = { ...process.env, MARK: ${JSON.stringify(mark)} };
  const detached = true, stdio = "ignore";
  spawn("sleep", ["1000"], { detached, stdio, env });
  spawn("sleep", ["1000"], { detached, stdio, env: { PATH: env.PATH, MARK: env.MARK } });
  spawnSync("sh", ["-c", "sleep 1000 & echo"], { detached, env, stdio });
  spawnSync("sh", ["-c", "env -i MARK=$MARK sleep 1000 & echo"], { env, stdio });
  ${process.platform === "linux" ? strayed : ""}
  const job = "env -i MARK=$MARK sh -c '${last}; sleep 1000'";
  spawn("sh", ["-c", "set -m; " + job + " & sleep 1000"], { stdio, env });
  console.log("動いています");
  ${forever}`;

/** 環境変数もグループも親もなく、フォルダも移ったもの。Linux でしか分からない */
const strayed =
  'spawnSync("sh", ["-c", "cd /; env -i MARK=$MARK setsid sleep 1000 & echo"], { detached, env, stdio });';

/** 目印のあるプロセスの番号。このテストがだめだったときのために、終わらせておく */
function left(mark: string): number[] {
  const found = processes().filter(({ text }) => text?.includes(`MARK=${mark}`));
  for (const { pid } of found) process.kill(pid, "SIGKILL");
  return found.map(({ pid }) => pid);
}

test.concurrent("検査が終わると、何も残らない", async () => {
  const mark = `check-${process.pid}-${Date.now()}`;
  const files = { "Socket1/server.ts": stubborn(mark, "process.exit();") };
  const [{ message }] = await grade(files, "Socket1", ["PORT がなければ"], { plain: true });
  expect(message).toContain("動いています");
  expect(left(mark)).toEqual([]);
});

test.concurrent.each([
  ["grade", "採点", "SIGTERM"],
  ["grade", "npm", "SIGHUP"],
  ["grade", "全部", "SIGINT"],
  ["grade:class", "全部", "SIGINT"],
  ["grade:class", "npm", "SIGTERM"],
] as const)("npm run %s を途中で終わらせると (%s に %s)、何も残らない", async (script, whom, signal) => {
  const mark = `${script}-${whom}-${process.pid}-${Date.now()}`;
  const forever = script === "grade" ? "for (;;);" : "setInterval(() => {}, 1000);";
  // 提出物が、自分を採点しているものを終わらせる
  const pidFile = join(temporary(), "pid");
  const last = `kill -s ${signal.slice(3)} -- ${whom === "全部" ? "-" : ""}$(cat ${pidFile})`;
  const folder = classOf({ alice: { "Socket1/server.ts": stubborn(mark, forever, last) } });
  const TMPDIR = temporary();
  for (const cache of readdirSync(tmpdir()).filter((name) => /^(jest_|tsx-)/.test(name))) // 変換し直さないように
    symlinkSync(join(tmpdir(), cache), join(TMPDIR, cache));
  const out = join(folder, "results");
  const args = script === "grade" ? [join(folder, "alice"), "Socket1"] : [folder, "Socket1", "to", out];
  const child = run(script, args, { env: { TMPDIR, PLAIN: "1" }, npm: whom !== "採点", pidFile });
  const closed = once(child, "close"); // reaper.cjs も標準エラーを持っているので、片付けのあとになる
  child.stdout.resume();
  const said = text(child.stderr);
  await closed;
  expect(await said).not.toContain("合格"); // 採点し終わったのではない
  expect(left(mark)).toEqual([]);
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith("lessons-"))).toEqual([]);
  if (script === "grade:class") expect(readdirSync(out)).toEqual([]);
});
