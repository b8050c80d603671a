// 本 (README.md) の、たどっても分からないこと: 引用、表、リンク、コマンドの形。test/README.md の形も調べる
import { describe, expect, test } from "@jest/globals";
import { lessonNamed } from "../grader/lessons/all.ts";
import { printed, serverShows } from "../model-answers/run-copy.ts";
import { blocks, chapterOfTools, read, readme, units } from "./readme.ts";

const guide = read("test/README.md");
const quotes = blocks("ts").filter(({ file }) => file && !file.startsWith("my/"));

test("囲みの種類は、ここにあるものだけ", () => {
  expect(units.flatMap(({ steps }) => steps).filter(({ kind }) => kind === "mermaid").length).toBeGreaterThan(3);
  const kinds = [...readme.matchAll(/^ *```(\w+)$/gm)].map(([, kind]) => kind);
  expect([...new Set(kinds)].sort()).toEqual([
    "console", // 道具の表示。たどらない (下のテスト)
    "diff", // ファイルの変え方
    "input", // 動いているプログラムに打つもの
    "mermaid", // 図。GitHub が描く。変えたときに、手で確かめる
    "powershell", // Windows でだけ打つもの
    "python", // Python があるとは限らない
    "sh", // コマンド
    "text", // 画面
    "ts", // レッスンのファイルの引用と、新しいプログラム
  ]);
});

test.each(quotes)("$file の引用 ($line 行) は、ファイルにそのままある", ({ file, text }) => {
  let rest = `\n${read(file!)}`;
  for (const piece of text.split(/^ *\/\/ \.\.\.\n/m)) {
    const at = rest.indexOf(`\n${piece}`);
    if (at < 0) throw new Error(`${file} にありません:\n${piece}`);
    rest = rest.slice(at + piece.length);
  }
});

test("初めの画面は、打つコマンドと、プログラムが表示するもの", () => {
  const [server, client] = blocks("console").map(({ text }) => text);
  const socket1 = lessonNamed("Socket1");
  expect(server).toBe(`$ npx tsx Socket1/server.ts\n${serverShows(socket1)}`);
  expect(client).toBe(`$ npx tsx Socket1/client.ts\n${printed(socket1.result(socket1.reply))}`);
});

test("たどらない表示は、ここにあるものだけ", () => {
  const shown = [
    ["$ npx tsx Socket1/server.ts", "上で調べる"],
    ["$ npx tsx Socket1/client.ts", "同じ"],
    ["break in Socket1/server.ts:25", "node inspect で .ts を動かせるのは、新しい Node だけ。人が打つもの"],
    ["socket(AF_INET, SOCK_STREAM", "strace は Linux だけにあり、権限も要る。番号は毎回違う"],
    ["COMMAND PID USER", "lsof は、あるとは限らない。番号は毎回違う"],
    ["CLOSE-WAIT", "ss は Linux だけにある"],
  ];
  const found = blocks("console").map(({ text }) => shown.find(([word]) => text.includes(word))?.[0]);
  expect(found).toEqual(shown.map(([word]) => word));
  // 止める行と、その前後は、ファイルのまま
  const source = read("Socket1/server.ts").split("\n");
  const stopped = blocks("console").find(({ text }) => text.startsWith("break in"))!.text;
  for (const [, number, line] of stopped.matchAll(/^[ >](\d+) (.*)$/gm)) expect(line).toBe(source[Number(number) - 1]);
});

describe("コマンドは、どのシェルでも同じ形", () => {
  const commands = units.flatMap(({ chapter, steps }) =>
    chapter === chapterOfTools ? [] : steps.filter(({ kind }) => kind === "sh"),
  );
  const path = String.raw`[\w./*-]+`;
  const word = String.raw`(?:${path}|'[^'"$\\\n]*')`; // Windows の npx は、改行のあとを渡せない
  const forms = [
    String.raw`node -v`,
    String.raw`npm ci`,
    String.raw`npm run [\w /]+`,
    String.raw`mkdir ${path}`,
    String.raw`cp (?:-r )?${path} ${path}`,
    String.raw`rm -r ${path}`,
    String.raw`export PORT=\d*`, // 隣に、PowerShell の形がある
    // パイプで渡せるのは、5.1 では ASCII だけ
    String.raw`(?:echo (?:\w+|'[\x20-\x26\x28-\x7e\n]+') \| )?npx tsx \w+/${path}(?: ${word})*`,
    String.raw`node -e '[^'"]+'`, // 5.1 は " を取り除く
  ].map((form) => new RegExp(`^(?:${form}\n?)$`));

  test.each(commands)("$line 行: $text", ({ text }) => {
    const each = text.includes("'") ? [text] : text.trimEnd().split("\n");
    for (const command of each) expect(forms.some((form) => form.test(command))).toBe(true);
  });

  test("文の中のコマンドは、みな番号のあとにあり、たどられる", () => {
    const [body] = readme.split(`\n## ${chapterOfTools}\n`);
    for (const [, command] of body.matchAll(/`((?:npx tsx|npm run grade my|cp|mkdir) [^`]*)`/g))
      expect(commands.map(({ text }) => text.trim())).toContain(command);
  });

  test("PORT を変える所には、PowerShell の形が並び、戻す形もある", () => {
    const both = /`export PORT=(\d*)`（PowerShell では `(.+?)`）/g;
    const ports = [...readme.matchAll(both)].map(([, ...found]) => found);
    for (const [port, other] of ports) expect(other).toBe(`$env:PORT=${port || "''"}`);
    expect(ports.length).toBe(commands.filter(({ text }) => text.startsWith("export")).length);
    expect(ports.at(-1)![0]).toBe("");
  });
});

test("実験は、どれからでも始められる: 使うファイルは、その実験で作るか、章の初めに断ってある", () => {
  /** 1度作れば、どの実験でも使うもの (この本の読み方、処理待ち、送信と受信、演習、答えのあるもの) */
  const kept = /^my(\/(Try|talk\.ts|wait\.ts|hello\.py|Practice1|Practice2|Lines|Chat|Web|Udp)(\/|$)|$)/;
  for (const { title, steps } of units) {
    const made = new Set<string>();
    for (const { kind, text, file, line } of steps) {
      const copied = kind === "sh" ? text.match(/^cp \S+ (\S+)/)?.[1] : undefined;
      if (copied) made.add(copied);
      for (const [, used] of (kind === "sh" ? text : (file ?? "")).matchAll(/(my\/[\w./]+)/g)) {
        if (kept.test(used) || [...made].some((folder) => used.startsWith(folder))) continue;
        throw new Error(`${line} 行 (${title}): ${used} は、どこで作ったか分かりません`);
      }
    }
  }
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

test("「TypeScriptの読み方」の TypeScript は、その下にあるファイルの、その行にある", () => {
  const rows = [...readme.matchAll(/^\| .+ \| (`.+`)<br>S1 server (\d+)行 \|$/gm)];
  expect(rows.length).toBe(6);
  const source = read("Socket1/server.ts").split("\n");
  for (const [, code, line] of rows)
    expect(source[Number(line) - 1]).toContain(code.replace(/^(`+) ?(.+?) ?\1$/, "$2"));
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
