// 書き方は違っても正しい提出。採点はどれも通さなければならない。right/ の中の1つのフォルダが、1つの提出
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { checkNames, edit, grade, modelAnswers, type Files } from "./submissions.ts";

type Right = {
  name: string;
  lesson: string;
  /** right/ の中のフォルダ。サーバかクライアントがなければ、この教材の答えで補う */
  folder?: string;
  /** フォルダのものに、加えるか代えるもの */
  also?: (files: Record<string, string>) => Files;
  /** 動かす検査の名前に含まれる言葉。どれかがあれば動かす */
  among: string[];
  /** 型を先に取ることができないので、tsx で動かす */
  tsx?: true;
};

const { start, shows, ends, next, pair, client } = checkNames;

/** フォルダの代わりにリンクがあるので、答えでは補わない */
const none = { "Practice1/server.ts": undefined, "Practice1/client.ts": undefined };

const right: Right[] = [
  {
    name: "送ってすぐに end し、それから返事を待つ",
    lesson: "Socket2",
    folder: "end-before-reply",
    among: [shows, ends, pair],
  },
  {
    name: "ES モジュールのフォルダへのリンク、トップレベルの await、PORT を読まない、標準入力を1バイトずつ読む",
    lesson: "Practice1",
    folder: "es-modules-behind-a-link",
    also: () => ({ Practice1: { link: "src/lesson" }, ...none }),
    among: [ends, pair],
    tsx: true,
  },
  {
    name: "/dev/stdin と /dev/stdout を開く。鍵のファイルを、となりと一時フォルダに置く。require と __dirname",
    lesson: "Practice1",
    folder: "contest-habits",
    among: [start, ends, pair],
  },
  {
    name: "関数の外の await (package.json なし)",
    lesson: "Practice2",
    folder: "top-level-await",
    among: [ends],
    tsx: true,
  },
  {
    name: "スレッドが待ち受ける。process.stdin の data で読み、答えの後で pause する",
    lesson: "Practice1",
    folder: "thread-listens",
    among: [start, pair],
  },
  {
    name: "環境変数を選んで渡した子プロセスが待ち受ける。クライアントは NODE_ENV があれば動かない",
    lesson: "Practice1",
    folder: "child-process-listens",
    among: [pair],
  },
  {
    name: "ほかにもサーバを持ち、自分でつないでみる。process.send で知らせる。CRLF とバイト順の印",
    lesson: "Practice1",
    folder: "other-servers-too",
    also: ({ "Practice1/server.ts": server, "Practice1/client.ts": client }) => ({
      "Practice1/server.ts": `\ufeff${server}`.replaceAll("\n", "\r\n"),
      "Practice1/client.ts": client.replaceAll("\n", "\r\n"),
    }),
    among: [pair],
  },
  {
    name: "待ち始める前に、CPU を 0.5 秒使ってパッケージを読み込む",
    lesson: "Practice1",
    folder: "slow-package",
    among: [pair],
  },
  {
    name: "クライアントが、2乗を数にしてから表示する",
    lesson: "Practice1",
    also: () => edit("Practice1", "client", "`Answer:${response}`", '"Answer:" + Number(response)'),
    among: [client, pair],
  },
  {
    name: "相手が閉じても自分の側は閉じない。2.0 と答え、遅れて聞き、標準エラーにたくさん書く",
    lesson: "Practice2",
    folder: "half-open-and-late",
    among: ["割り切れ", next],
  },
  {
    name: "命令ごとのファイルを import() で読み込む。入力が揃ってからつなぐ",
    lesson: "Practice2",
    folder: "dynamic-import",
    among: [pair],
    tsx: true,
  },
  { name: "cluster。接続は、どれかの子が受ける", lesson: "Practice2", folder: "cluster", among: [pair] },
  {
    name: "クライアントが、計算の結果を数にしてから表示する",
    lesson: "Practice2",
    also: () => edit("Practice2", "client", "${response}", "${Number(response)}"),
    among: [client, pair],
  },
  {
    name: "クラスで書き、listening を先に聞く。答えをまとめて遅らせる",
    lesson: "Socket2",
    folder: "class-extends-server",
    among: [start, pair, ends],
  },
  {
    name: "教科書を写したもの。終わりの空白がなく、process.exit で終わる",
    lesson: "Socket1",
    folder: "copied-from-the-textbook",
    among: [pair],
  },
];

const folders = join(import.meta.dirname, "right");

/** フォルダの中の、すべてのファイルの中身 */
function filesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const real = files.filter((file) => statSync(join(folder, file)).isFile());
  return Object.fromEntries(real.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

// いくつかを同時に動かす (maxConcurrency)
test.concurrent.each(right)("正しい提出を通す: $name", async ({ folder, also, lesson, among, tsx }) => {
  const files = { ...modelAnswers(lesson), ...(folder ? filesIn(join(folders, folder)) : {}) };
  expect(await grade({ ...files, ...also?.(files) }, lesson, among, { plain: !tsx, script: tsx && 0 })).toEqual([]);
});

test("right/ のどのフォルダも、採点する", () => {
  expect(readdirSync(folders).sort()).toEqual(right.flatMap(({ folder }) => folder ?? []).sort());
});
