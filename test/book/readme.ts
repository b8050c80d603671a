// 本 (README.md) を読む道具: 囲みの中身と、そこから作るプログラム
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lessonNamed } from "../grader/lessons/all.ts";
import { root } from "../grader/repository-root.ts";
import { editedSource, source, type Side } from "../model-answers/source.ts";

export const [socket1, socket2] = ["Socket1", "Socket2"].map(lessonNamed);
export const [practice1, practice2] = ["Practice1", "Practice2"].map(lessonNamed);

export const read = (file: string) => readFileSync(join(root, file), "utf8");
export const readme = read("README.md");

/** ``` で囲んだものの中身と、それより上のいちばん近い行にあるファイルの名前 */
export const all = [...readme.matchAll(/^(.*)\n+( *)```(\w+)\n([^]*?)^\2```$/gm)].map(
  ([, above, indent, kind, text]) => ({
    kind,
    file: above.match(/^ *`((?:my\/)?\w+\/(?:server|client)\.ts)`$/)?.[1],
    text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }),
);
export const blocks = (kind: string) =>
  all.filter((block) => block.kind === kind).map(({ file, text }) => ({ file, text }));

/** その言葉がある、ただ1つの囲みの中身 */
export function only(kind: string, word: string): string {
  const found = blocks(kind).filter(({ text }) => text.includes(word));
  if (found.length !== 1) throw new Error(`「${word}」のある ${kind} の囲みは ${found.length} 個あります`);
  return found[0].text;
}

/** ただ1つの node -e のコマンドの中身。ポート番号は読み替える */
export function command(word: string, ports: Record<number, number> = {}): string {
  const code = only("sh", word).match(/^node -e '([^]+)'\n$/)![1];
  return Object.entries(ports).reduce((code, [port, other]) => code.replaceAll(port, String(other)), code);
}

/** 本の中の、新しいプログラム。本のとおりに写しを書き換えた中身 */
export const programs = {
  /** 「次の一歩」の答え: 差分をあてる */
  lines(file: Side) {
    const { text } = blocks("diff").find((block) => block.file === `Practice2/${file}.ts`)!;
    const side = (mark: string) =>
      text
        .split("\n")
        .filter((line) => line[0] === " " || line[0] === mark)
        .map((line) => `${line.slice(1)}\n`)
        .join("");
    return editedSource(practice2, file, [`\n${side("-")}`, `\n${side("+")}`]);
  },
  /** Socket2 の写しの、from から to の前までを、その名前の囲みの中身に置き換える */
  replaced(name: string, file: Side, from: string, to: string) {
    const { text } = blocks("ts").find((block) => block.file === `my/${name}/${file}.ts`)!;
    const whole = source(socket2, file);
    const [start, end] = [whole.indexOf(from), whole.indexOf(to)];
    if (start < 0 || end < start) throw new Error(`Socket2/${file}.ts に「${from}」と「${to}」がありません`);
    return `${whole.slice(0, start)}${text}\n${whole.slice(end)}`;
  },
  chatServer: () => programs.replaced("Chat", "server", "// リクエストハンドル", "async function main()"),
  chatClient() {
    const line = readme.match(/`my\/Chat\/client\.ts` の初めに `(import .+?;)` を足し/)![1];
    return `${line}\n${programs.replaced("Chat", "client", "async function main()", "// 起こりうる失敗")}`;
  },
  web: () => programs.replaced("Web", "server", "async function handle", "async function main()"),
  udp: (file: Side) => blocks("ts").find((block) => block.file === `my/Udp/${file}.ts`)!.text,
};
