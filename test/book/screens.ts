// 本の中の画面と、本当の画面を比べる。人や機械や版によって違うところは、ここでだけ除く
import type { Terminal } from "./terminal.ts";

/** 本の中の、リポジトリのフォルダ */
export const printedFolder = "/home/you/book";

/** OS が選んだポートや、毎回違うバイト数 */
const numbers = /\b\d{5,}\b/g;

/** 画面のうち、だれの画面にもあるもの。@param folder リポジトリの写し */
const lasting = (screen: string, folder: string) =>
  screen
    .replaceAll(/\x1b\[[\d;]*m|\r(?=\n)/g, "") // 色と、ウェブの改行
    .replaceAll(folder, printedFolder)
    .replace(/^\n?(> .*\n)+\n?/, "") // npm が、初めに言うこと
    .replace(/ \{\n( .*\n)*\}\n/, "\n") // エラーの、ほかの値
    .replace(/^node:.*\n[^]*?\n(?=\w*Error)/m, "") // Node の中の行
    .replaceAll(/^ +(at .*node:.*|\^)\n/gm, "")
    .replace(/\n+Node\.js v.*\n/, "\n")
    .replaceAll(/\n{2,}/g, "\n\n");

/** 1つの実験の間、画面を比べるもの */
export class Screens {
  /** 本当の番号を、本の番号に。同じ番号は、いつも同じ番号になる */
  readonly #printed = new Map<string, string>();

  /**
   * 比べられるようにした、今の画面と、本の画面。
   * @param text 本の画面。「（略）」の行は、何行でもよい
   */
  compared(text: string, { screen, folder }: Terminal): { seen: string; wanted: string } {
    const wanted = lasting(text, folder);
    const own = lasting(screen, folder);
    const printed = wanted.match(numbers) ?? [];
    for (const [i, number] of (own.match(numbers) ?? []).entries()) {
      const told = [...this.#printed.values()];
      if (printed[i] && !told.includes(printed[i]) && !this.#printed.has(number)) this.#printed.set(number, printed[i]);
    }
    const seen = own.replaceAll(numbers, (number) => this.#printed.get(number) ?? number);
    const pieces = wanted.split("（略）\n").map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return { seen: new RegExp(`^${pieces.join("(?:.*\\n)*")}$`).test(seen) ? wanted : seen, wanted };
  }

  /** 今の画面が、本の画面と同じか */
  same(text: string, terminal: Terminal) {
    const { seen, wanted } = this.compared(text, terminal);
    return seen === wanted;
  }
}
