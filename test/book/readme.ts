// 本 (README.md) を読む: 章と実験に分け、囲み、押すキー、置くファイルを、書いてある順に並べる
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../grader/repository-root.ts";

export const read = (file: string) => readFileSync(join(root, file), "utf8");
export const readme = read("README.md");

/** すること、見えるもの */
export interface Step {
  /** 囲みの種類か、key (text が押すキー)、put (text が置く元) */
  kind: string;
  text: string;
  /** そうでなければ見える、もう1つの画面 */
  or?: string;
  /** README.md の中の行 */
  line: number;
  /** すぐ上の行の、終わりの番号 (①②③)。キーと、文の中のコマンドなら、その前の番号 */
  terminal?: string;
  /** すぐ上の行の、終わりのファイルの名前。put なら、置く先 */
  file?: string;
}

/** 見出しか「実験」から、次の見出しか「実験」まで */
export interface Unit {
  title: string;
  chapter: string;
  line: number;
  steps: Step[];
}

/** 文の中の、番号と、押すキーか、打つコマンド。「① で」のすぐあとのものは、いつもコマンド */
const doing = new RegExp(
  "([①②③](?:[、と ]*[①②③])*)" +
    "(?: でも? `([^`]+)`|[^<`①②③]*(?:<kbd>(.+?)</kbd>|`((?:npx tsx|npm run|cp|rm|mkdir|echo|export) [^`]+)`))",
  "g",
);
/** 文の中の、見えるもの */
const seen = /→ `([^`]+)`(?: か `([^`]+)`)?$/;

/** 本を、書いてある順に並べたもの */
function unitsOf(document: string): Unit[] {
  const units: Unit[] = [];
  const lines = document.split("\n");
  let [caption, chapter] = ["", ""];
  for (let i = 0; i < lines.length; i++) {
    const line = i + 1;
    const heading = lines[i].match(/^#+ (.+)$/)?.[1];
    if (/^## /.test(lines[i])) chapter = heading!;
    const title = heading ?? lines[i].match(/^\*\*(実験: .+?)。?\*\*/)?.[1];
    if (title) units.push({ title, chapter, line, steps: [] });
    const steps = units.at(-1)?.steps ?? [];
    const [, indent, kind] = lines[i].match(/^( *)```(\w+)$/) ?? [];
    if (kind) {
      const end = lines.indexOf(`${indent}\`\`\``, i + 1);
      const text = lines.slice(i + 1, end).map((each) => `${each.replace(indent, "")}\n`).join("");
      const terminal = caption.match(/[①②③]/g)?.at(-1);
      const file = [...caption.matchAll(/`((?:\w+\/)+\w+\.ts)`/g)].at(-1)?.[1];
      steps.push({ kind, text, line, terminal, file });
      i = end;
      continue;
    }
    const [, text, file] = lines[i].match(/^<!-- put (\S+) (\S+) -->$/) ?? [];
    if (text) steps.push({ kind: "put", text, file, line });
    for (const [, terminals, typed, key, other] of lines[i].matchAll(doing))
      for (const terminal of terminals.match(/[①②③]/g)!)
        steps.push({ kind: key ? "key" : "sh", text: key ?? typed ?? other, line, terminal });
    const [shown, screen, other] = lines[i].match(seen) ?? [];
    if (lines[i].trim() && !/^ *→/.test(lines[i])) caption = lines[i];
    const terminal = caption.match(/[①②③]/g)?.at(-1);
    if (shown) steps.push({ kind: "text", text: `${screen}\n`, or: other && `${other}\n`, line, terminal });
  }
  return units;
}

export const units = unitsOf(readme);
export const chapterOfTools = "中をのぞく";

/** その種類の囲み */
export const blocks = (kind: string) => units.flatMap(({ steps }) => steps.filter((step) => step.kind === kind));
