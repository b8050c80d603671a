// 採点のコマンド (npm run grade と grade:class) を、テストの中で動かす道具
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { environment } from "../grader/process/environment.ts";
import { root } from "../grader/repository-root.ts";
import { temporary } from "./short-program.ts";
import { submit, type Files } from "./submissions.ts";

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

type Extra = {
  /** 加える環境変数 */
  env?: Record<string, string>;
  /** 偽なら npm は通さず、そのスクリプトのコマンドを動かす (早い) */
  npm?: boolean;
  /** 動かしたプロセスの番号を書くファイル */
  pidFile?: string;
};

/** npm のスクリプトを動かす */
export function run(script: string, args: string[], extra: Extra = {}) {
  const { env = {}, npm = false, pidFile = "/dev/null" } = extra;
  const PATH = `${join(root, "node_modules/.bin")}:${process.env.PATH}`;
  const [command, ...rest] = npm ? ["npm", "run", "--silent", script] : scripts[script].split(" ");
  return spawn("sh", ["-c", 'echo $$ > "$0"; exec "$@"', pidFile, command, ...rest, ...args], {
    cwd: root,
    env: { ...environment(), PATH, INIT_CWD: root, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** 動かして、終わりまで待つ */
export async function runToEnd(...args: Parameters<typeof run>) {
  const child = run(...args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, stdout, stderr };
}

/** 提出フォルダの入ったフォルダを作る */
export function classOf(learners: Record<string, Files>): string {
  const folder = temporary();
  for (const [name, files] of Object.entries(learners)) renameSync(submit(files), join(folder, name));
  return folder;
}
