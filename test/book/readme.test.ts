// 本 (README.md) が、レッスンのファイルや表示と1文字も違わないこと。test/README.md とともに、形も調べる。
// 調べないものは、ここに書いたものだけ
import { expect, test } from "@jest/globals";
import type { Lesson } from "../grader/checks/lesson.ts";
import { printed, serverShows, serverShowsEach } from "../model-answers/run-copy.ts";
import { names } from "../grader/lessons/all.ts";
import { editedSource } from "../model-answers/source.ts";
import { all, blocks, only, practice1, practice2, read, readme, socket1, socket2 } from "./readme.ts";

const guide = read("test/README.md");
const files = names.flatMap((lesson) => [`${lesson}/server.ts`, `${lesson}/client.ts`]);
const quotes = blocks("ts").filter(({ file }) => !file?.startsWith("my/"));

test("囲みの種類は、ここで調べるものだけ", () => {
  expect(all.length).toBe(readme.match(/^ *```\w/gm)!.length);
  expect([...new Set(all.map(({ kind }) => kind))].sort()).toEqual([
    "console", // 打ったものと表示、道具の表示。下の「調べない表示」を見よ
    "diff", // 「次の一歩」の答え。あてて動かす (programs.test.ts)
    "mermaid", // 図。GitHub が描く。書き方の検査には大きなパッケージが要るので、変えたときに手で確かめる
    "sh", // コマンド
    "text", // プログラムの表示
    "ts", // レッスンのファイルの引用と、本の中の新しいプログラム
  ]);
});

test.each(quotes)("$file のコードは、ファイルにそのままある", ({ file, text }) => {
  let rest = `\n${read(file!)}`;
  for (const piece of text.split(/^ *\/\/ \.\.\.\n/m)) {
    const at = rest.indexOf(`\n${piece}`);
    if (at < 0) throw new Error(`${file} にありません:\n${piece}`);
    rest = rest.slice(at + piece.length);
  }
});

test("レッスンの3つのファイルは、全体が1つの囲みにある (Socket2 のクライアントは Socket1 と同じ)", () => {
  for (const file of ["Socket1/server.ts", "Socket1/client.ts", "Socket2/server.ts"])
    expect(quotes.filter(({ text }) => text === read(file))).toEqual([{ file, text: read(file) }]);
  expect(read("Socket2/client.ts").replace("Socket2", "Socket1")).toBe(read("Socket1/client.ts"));
});

test("本の中の新しいプログラムは、programs.test.ts が動かすものだけ", () => {
  expect(
    blocks("ts")
      .filter((block) => !quotes.some(({ text }) => text === block.text))
      .map(({ file }) => file),
  ).toEqual([
    "my/Try/server.ts", // 考え込む2行
    "my/Try/server.ts", // 待つ1行
    "my/Chat/server.ts",
    "my/Chat/client.ts",
    "my/Web/server.ts",
    "my/Udp/server.ts",
    "my/Udp/client.ts",
  ]);
});

const reason = (file: string, name: string, port = 6000) =>
  `エラー: ${read(file)
    .match(new RegExp(`${name}: ["\`](.+)["\`]`))![1]
    .replace(/\$\{(port|process\.env\.PORT)\}/, String(port))}\n`;

test("画面の写しは、プログラムが表示するもの", () => {
  /** たずねる行、打つ言葉、答え */
  const screen = ({ prompts, result, reply }: Lesson) =>
    printed([...prompts.flatMap(({ lines, type }) => [...lines, type]), ...result(reply)]);
  const refused = reason("Socket1/client.ts", "NO_ANSWER");
  const cut = (text: string, end: string) => text.slice(0, text.indexOf(end));
  expect(blocks("text")).toEqual([
    { file: "Socket1/client.ts", text: reason("Socket1/client.ts", "ECONNREFUSED", 7001) },
    { file: "Socket1/server.ts", text: reason("Socket1/server.ts", "ERR_SOCKET_BAD_PORT", 70000) },
    { file: "Socket1/server.ts", text: reason("Socket1/server.ts", "EADDRINUSE") },
    // nc で、改行も送った
    { file: "Socket1/server.ts", text: cut(serverShowsEach(socket1, "Hello\n"), "Received -> \n") },
    { file: "Socket1/server.ts", text: serverShowsEach(socket1, "Hel", "lo") },
    { file: "my/Try/server.ts", text: serverShowsEach(socket1, "\ufffd", "\ufffd") },
    { file: "my/Try/server.ts", text: cut(serverShowsEach(socket1, "Hello"), "send message") },
    { file: "Socket1/client.ts", text: refused },
    { file: "Practice1/client.ts", text: screen(practice1) },
    { file: "Socket2/server.ts", text: serverShows(socket2) },
    { file: "Practice2/client.ts", text: screen(practice2) },
    { file: "Socket1/server.ts", text: serverShowsEach(socket1, "HelloWorld") },
    { file: undefined, text: expect.stringMatching(/^GET /) }, // programs.test.ts が調べる
    { file: undefined, text: expect.stringMatching(/^HTTP/) }, // 同じ
    { file: "my/Udp/server.ts", text: expect.stringMatching(/^Waiting for letters/) }, // 同じ
    { file: "Socket1/server.ts", text: `Waiting for connections...\n${reason("Socket1/server.ts", "ECONNRESET")}` },
    { file: undefined, text: expect.stringMatching(/^クライアントから/) }, // 同じ
  ]);
  // 本文の中の1行
  for (const line of [refused, reason("Socket1/client.ts", "ECONNRESET")])
    expect(readme).toContain(`\`${line.trimEnd()}\``);
});

test("初めの画面は、打つコマンドと、プログラムが表示するもの", () => {
  const [server, client] = blocks("console").map(({ text }) => text);
  expect(server).toBe(`$ npx tsx Socket1/server.ts\n${serverShows(socket1)}`);
  expect(client).toBe(`$ npx tsx Socket1/client.ts\n${printed(socket1.result(socket1.reply))}`);
});

test("調べない表示は、ここにあるものだけ", () => {
  const shown = [
    ["$ npx tsx Socket1/server.ts", "上で調べる"],
    ["$ npx tsx Socket1/client.ts", "同じ"],
    ["clientsok is not defined", "programs.test.ts が調べる。場所と、Node の中の行の番号は、人によって違う"],
    ["error TS2552", "tsc の言葉は、版によって違う。行と桁は下で調べる"],
    ["ERR_INVALID_ARG_TYPE", "clientsok と同じ"],
    ["41556 が来ました", "programs.test.ts が調べる"],
    ["41554: こんにちは", "同じ"],
    ["CLOSE-WAIT", "ss は Linux だけにある"],
    ["debug> sb(25)", "node inspect で .ts を動かせるのは、新しい Node だけ。人が打つもの"],
    ["break in Socket1/server.ts:25", "同じ"],
    ["debug> exec rcvmsg", "同じ。ポート番号は毎回違う"],
    ["socket(AF_INET, SOCK_STREAM", "strace は Linux だけにあり、権限も要る。番号は毎回違う"],
    ["COMMAND PID USER", "lsof は、あるとは限らない。番号は毎回違う"],
    ["LISTEN 0      511", "ss は Linux だけにある"],
    ["TIME-WAIT 0", "同じ。ポート番号は毎回違う"],
  ];
  const found = blocks("console").map(({ text }) => shown.find(([word]) => text.includes(word))?.[0]);
  expect(found).toEqual(shown.map(([word]) => word));
  // 止める行と、その前後は、ファイルのまま
  const source = read("Socket1/server.ts").split("\n");
  for (const [, number, line] of only("console", "break in").matchAll(/^[ >](\d+) (.*)$/gm))
    expect(line).toBe(source[Number(number) - 1]);
  // 型の検査が指す所
  const lines = editedSource(socket1, "server", ["clientsock.write", "clientsok.write"]).split("\n");
  const line = lines.findIndex((text) => text.includes("clientsok"));
  expect(only("console", "error TS2552")).toContain(`:${line + 1}:${lines[line].indexOf("clientsok") + 1} - `);
  expect(only("console", "error TS2552")).toContain(`\n${line + 1} ${lines[line]}\n`);
});

test.each([readme, guide])("コマンドに、注釈がない (zsh は # を引数にする)", (document) => {
  for (const [, text] of document.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)) expect(text).not.toContain("#");
});

test.each([readme, guide])("見出しと囲みの前後は、1行空いている", (document) => {
  const lines = document.split("\n");
  let inside = false;
  for (const [i, line] of lines.entries()) {
    const fence = /^ *```/.test(line);
    const around = [];
    if (!inside && (fence || /^#+ /.test(line))) around.push(lines[i - 1]);
    if (fence ? inside : !inside && /^#+ /.test(line)) around.push(lines[i + 1]);
    for (const near of around) if (near) throw new Error(`${i + 1} 行: ${line}`);
    if (fence) inside = !inside;
  }
});

/** 見出しより後の、表の行。見出しの行は除く */
function rows(heading: string) {
  const [section] = readme.slice(readme.indexOf(`\n${heading}\n`) + 1).split(/\n(?=#+ )/);
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  const body = lines.filter((line, i) => !/^\| -/.test(line) && !/^\| -/.test(lines[i + 1] ?? ""));
  return body.map((row) =>
    row
      .replaceAll("\\|", "&pipe;")
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("&pipe;", "|")),
  );
}

const codes = (cell: string) => [...cell.matchAll(/(`+) ?(.+?) ?\1(?!`)/g)].map(([, , code]) => code);

test("対応表の TypeScript は、どれかのファイルにそのままある", () => {
  const sources = files.map(read).join("\n");
  const table = rows("## PythonとTypeScriptの対応表");
  expect(table.length).toBeGreaterThan(20);
  for (const cells of table) {
    expect(codes(cells.at(-1)!).length).toBeGreaterThan(0);
    for (const code of codes(cells.at(-1)!))
      if (!sources.includes(code)) throw new Error(`「${code}」は、どのファイルにもありません`);
  }
});

test("「TypeScriptの読み方」の TypeScript は、その下にあるファイルの、その行にある", () => {
  const table = rows("### TypeScriptの読み方");
  expect(table.length).toBeGreaterThan(14);
  for (const [, typescript] of table) {
    const [, kind, number, file, line] = typescript.match(/<br>([SP])(\d) (server|client) (\d+)行$/)!;
    const path = `${kind === "S" ? "Socket" : "Practice"}${number}/${file}.ts`;
    expect(`${path} ${read(path).split("\n")[Number(line) - 1]}`).toContain(codes(typescript)[0]);
  }
});

test.each([
  [readme, 2, 30],
  [guide, 1, 5],
])("目次のリンクは、どれも見出しに届き、どの見出しも目次にある", (document, untold, many) => {
  const slug = (heading: string) =>
    `#${heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
      .replaceAll(" ", "-")}`;
  const anchors = [...document.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading));
  const links = [...document.matchAll(/\]\((#[^)]+)\)/g)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(many);
  for (const link of links) expect(anchors).toContain(link);
  for (const anchor of anchors.slice(untold)) expect(links).toContain(anchor);
  expect(new Set(anchors).size).toBe(anchors.length);
});
