// README の本文が、レッスンのファイルや表示と1文字も違わないこと
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { result, sample, serverShows, socket1Shows, typed } from "./contract/tools.ts";
import { lessons, root } from "./support/target.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const programs = lessons.flatMap((lesson) => [`${lesson}/server.ts`, `${lesson}/client.ts`]);

/** ```ts や ```text の中身と、すぐ上の行にあるファイルの名前 */
const blocks = (kind: string) =>
  [...readme.matchAll(new RegExp(`^(.*)\\n\`\`\`${kind}\\n([^]*?)^\`\`\`$`, "gm"))].map(([, above, text]) => ({
    file: above.match(/`(\w+\/(?:server|client)\.ts)`\**$/)?.[1],
    text,
  }));

test.each(blocks("ts"))("$file のコードは、ファイルにそのままある", ({ file, text }) => {
  let rest = `\n${read(file!)}`;
  for (const piece of text.split(/^ *\/\/ \.\.\.\n/m)) {
    const at = rest.indexOf(`\n${piece}`);
    if (at < 0) throw new Error(`${file} にありません:\n${piece}`);
    rest = rest.slice(at + piece.length);
  }
});

test("画面の写しは、プログラムが表示するもの", () => {
  const screen = (lesson: string) => typed[lesson].map(([lines, line]) => [...lines, line, ""].join("\n")).join("") + result[lesson](sample[lesson][1]);
  const error = (file: string, name: string) => `エラー: ${read(file).match(new RegExp(`${name}: \`(.+)\``))![1].replace("${port}", "6000")}\n`;
  expect(blocks("text")).toEqual([
    { file: "Socket1/server.ts", text: serverShows.Socket1(6000) },
    { file: "Practice1/client.ts", text: screen("Practice1") },
    { file: "Socket2/server.ts", text: serverShows.Socket2(6000) },
    { file: "Practice2/client.ts", text: screen("Practice2") },
    { file: "Socket1/server.ts", text: socket1Shows("HelloWorld") },
    { file: "Socket1/server.ts", text: socket1Shows("Hel", "lo") },
    { file: "Socket1/server.ts", text: error("Socket1/server.ts", "EADDRINUSE") },
    { file: "Socket1/client.ts", text: error("Socket1/client.ts", "ECONNREFUSED") },
  ]);
});

test("対応表の TypeScript は、どれかのファイルにそのままある", () => {
  const all = programs.map(read).join("\n");
  const table = readme.slice(readme.indexOf("## PythonとTypeScriptの対応表"), readme.indexOf("## 採点する人へ"));
  const rows = table.split("\n").filter((line) => line.startsWith("|")).slice(2);
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const cell = row.replaceAll("\\|", "&pipe;").split("|").at(-2)!.replaceAll("&pipe;", "|");
    const codes = [...cell.matchAll(/(`+) ?(.+?) ?\1(?!`)/g)].map(([, , code]) => code);
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) expect(all).toContain(code);
  }
});

test("目次のリンクは、どれも見出しに届く", () => {
  const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => `#${heading.toLowerCase().replaceAll(" ", "-")}`);
  const links = [...readme.matchAll(/\]\((#[^)]+)\)/g)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(30);
  for (const link of links) expect(anchors).toContain(link);
});
