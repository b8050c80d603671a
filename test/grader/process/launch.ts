// プログラムを、手で動かすときと同じに見えるように、しかし見張られた子プロセスとして起動する
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { environment } from "./environment.ts";
import { shellPipes } from "./pipes.ts";

const require = createRequire(import.meta.url);
/** 手で打つ tsx コマンドと同じ、変換の道具 */
const tsx = ["--import", pathToFileURL(require.resolve("tsx")).href];

export type LaunchOptions = {
  /** 環境変数 PORT。なければ設定しない */
  PORT?: string | number;
  /** listen を、頼まれた番号ではなく、空いているポートで行う (preload.cjs) */
  anyPort?: boolean;
  /** connect の先のポート番号の読み替え。数なら、どの番号もそれにする (preload.cjs) */
  connectTo?: number | Record<number, number>;
  /** 標準入力を端末のように扱う (preload.cjs) */
  terminal?: boolean;
  /**
   * tsx を使わず、型を先に取って動かす (早く始まる)。文法が正しく、ほかの .ts を読み込みも動かしもしない、
   * package.json に type: module のない所のファイルにだけ使える。いつも "use strict" になる。
   * エラーの行の番号も合わせるのは、環境変数 PLAIN が lines のときだけ (CPU が2割増える)
   */
  plain?: boolean;
};

/** レッスンのフォルダの名前と、ファイルの名前 */
export const shortName = (file: string) => `${basename(dirname(file))}/${basename(file)}`;

/**
 * 子プロセスとして起動する。
 * @param file 動かすファイルのパス
 * @param folder このプログラムのための一時フォルダ。その名前が、目印にもなる (reaper.cjs)
 * @param events 中で起きたことを書かせるファイル (notices.ts)
 * @returns 子プロセスと、その標準入力、標準出力、標準エラーの、こちらの側
 */
export function launch(file: string, folder: string, events: string, options: LaunchOptions) {
  const { PORT, plain, ...rest } = options;
  const preload = join(folder, "preload.cjs");
  const config = JSON.stringify({ events, ...rest });
  writeFileSync(preload, `require(${JSON.stringify(require.resolve("./preload.cjs"))})(${config});`);
  // 変換の道具の次に、プログラムの直前に読み込まれる。一時フォルダは、変換の道具とは別の、このプログラムだけのもの
  const begins = join(folder, "running.cjs");
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  const own = ["TMPDIR", "TEMP", "TMP"].map((name) => `process.env.${name}=`).join("") + JSON.stringify(temporary);
  const running = `${own};require("node:fs").appendFileSync(${JSON.stringify(events)}, '{"running":true}\\n');`;
  writeFileSync(begins, plain ? running + withoutTypes(file) : running);
  const tools = plain
    ? ["--enable-source-maps", "--require", begins] // 地図がなければ、何もしない
    : [...tsx, "--import", pathToFileURL(begins).href];

  const env = environment();
  env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(preload)}`.trim();
  if (PORT !== undefined) env.PORT = String(PORT);
  const windows = process.platform === "win32"; // そこには、名前のあるパイプがない
  const pipes = windows ? undefined : shellPipes();
  const child = spawn(process.execPath, [...tools, shortName(file)], {
    cwd: dirname(dirname(file)), // 手で動かすときのように、レッスンのフォルダがある所で
    env,
    // tsx コマンドと同じく、process.send がある。何を送ってきても読まない
    stdio: [...(pipes?.theirs ?? ["pipe", "pipe", "pipe"]), "ipc"] as ("pipe" | "ipc")[],
    // Ctrl-C は、採点にだけ届く。Windows では、見えない別の端末に分ける
    detached: !windows,
    windowsHide: true,
  });
  pipes?.closeTheirs();
  const { stdin, stdout, stderr } = pipes?.ours() ?? child;
  return { child, stdin: stdin!, stdout: stdout!, stderr: stderr! };
}

/** ファイルの型を取ったものを、そのファイルとして読み込ませる JavaScript */
function withoutTypes(file: string) {
  const { transformSync } = require("@swc/core") as typeof import("@swc/core"); // 採点では使わない
  const { code } = transformSync(readFileSync(file, "utf8"), {
    filename: file,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
    sourceMaps: process.env.PLAIN === "lines" ? "inline" : false,
    swcrc: false,
  });
  return `require.extensions[".ts"] = (module, file) => module._compile(${JSON.stringify(code)}, file);`;
}
