// 書き方は違っても正しい提出。採点はどれも通さなければならない。right/ の中の1つのフォルダが、1つの提出
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { checkNames, grade, modelAnswers, type Files } from "./submissions.ts";

type Special = {
  /** フォルダのものに、加えるか代えるもの */
  also?: (files: Record<string, string>) => Files;
  /** 型を先に取ることができないので、tsx で動かす */
  tsx?: true;
};

const { start, shows, ends, next, pair } = checkNames;

/** フォルダの代わりにリンクがあるので、答えでは補わない */
const behindLink = () => {
  return { Practice1: { link: "src/lesson" }, "Practice1/server.ts": undefined, "Practice1/client.ts": undefined };
};

const windowsLines = ({ "Practice1/server.ts": server, "Practice1/client.ts": client }: Record<string, string>) => ({
  "Practice1/server.ts": `\ufeff${server}`.replaceAll("\n", "\r\n"),
  "Practice1/client.ts": client.replaceAll("\n", "\r\n"),
});

const modules = "ES モジュールのフォルダへのリンク、トップレベルの await、PORT を読まない、標準入力を1バイトずつ読む";
const contest = "/dev/stdin と /dev/stdout を開く。鍵のファイルを、となりと一時フォルダに置く。require と __dirname";
const servers = "ほかにもサーバを持ち、自分でつないでみる。process.send で知らせる。CRLF とバイト順の印";
const late = "相手が閉じても自分の側は閉じない。2.0 と答え、遅れて聞き、標準エラーにたくさん書く";
const child = "環境変数を選んで渡した子プロセスが待ち受ける。クライアントは NODE_ENV があれば動かない";

/**
 * right/ の中のフォルダ (サーバかクライアントがなければ、この教材の答えで補う)、レッスン、
 * 動かす検査の名前に含まれる言葉 (どれかがあれば動かす)、書き方
 */
const right: [folder: string, lesson: string, among: string[], name: string, special?: Special][] = [
  ["end-before-reply", "Socket2", [shows, ends, pair], "送ってすぐに end し、それから返事を待つ"],
  ["es-modules-behind-a-link", "Practice1", [ends, pair], modules, { also: behindLink, tsx: true }],
  ["contest-habits", "Practice1", [start, ends, pair], contest],
  ["top-level-await", "Practice2", [ends], "関数の外の await (package.json なし)", { tsx: true }],
  ["thread-listens", "Practice1", [start, pair], "スレッドが待ち受ける。data で読み、答えの後で pause する"],
  ["child-process-listens", "Practice1", [pair], child],
  ["other-servers-too", "Practice1", [pair], servers, { also: windowsLines }],
  ["slow-package", "Practice1", [pair], "待ち始める前に、CPU を 0.5 秒使ってパッケージを読み込む"],
  ["half-open-and-late", "Practice2", ["割り切れ", next], late],
  ["dynamic-import", "Practice2", [pair], "命令ごとのファイルを import() で読み込む。入力の後でつなぐ", { tsx: true }],
  ["cluster", "Practice2", [pair], "cluster。接続は、どれかの子が受ける"],
  ["class-extends-server", "Socket2", [start, pair, ends], "クラスで書き、listening を先に聞く。遅れて答える"],
  ["copied-from-the-textbook", "Socket1", [pair], "教科書を写したもの。終わりの空白がなく、process.exit で終わる"],
];

const folders = join(import.meta.dirname, "right");

/** フォルダの中の、すべてのファイルの中身 */
function filesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const real = files.filter((file) => statSync(join(folder, file)).isFile());
  return Object.fromEntries(real.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

// いくつかを同時に動かす (maxConcurrency)
test.concurrent.each(right)("正しい提出を通す: %s (%s、%j): %s", async (folder, lesson, among, _, special = {}) => {
  const files = { ...modelAnswers(lesson), ...filesIn(join(folders, folder)) };
  const submitted = { ...files, ...special.also?.(files) };
  expect(await grade(submitted, lesson, among, { plain: !special.tsx, script: 0 })).toEqual([]);
});

test("right/ のどのフォルダも、採点する", () => {
  expect(readdirSync(folders).sort()).toEqual(right.map(([folder]) => folder).sort());
});
