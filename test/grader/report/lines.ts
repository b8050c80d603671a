// 表示を行に分け、比べ、初めて違う行や、よく似た行を見つける
import type { Difference, Sight } from "./failure.ts";

/** 表示を行に分ける。行の終わりの空白は取り、最後の改行の後は行に数えない */
export function toLines(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trimEnd());
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** 改行まで表示された行だけ */
export const wholeLines = (text: string) => toLines(text.slice(0, text.lastIndexOf("\n") + 1));

/** 最後の空行を除く */
export const withoutTail = (lines: string[]) => lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);

/** 初めて違う行。 @returns 違いがなければ undefined */
export function difference(expected: string[], actual: string[]): Difference | undefined {
  const length = Math.max(expected.length, actual.length);
  const at = Array.from({ length }).findIndex((_, i) => expected[i] !== actual[i]);
  return at < 0 ? undefined : { line: at + 1, expected: expected[at], actual: actual[at] };
}

/** 続く2文字の集まり。大文字と小文字、全角と半角、空白の違いは見ない */
function bigrams(line: string): Set<string> {
  const text = line.normalize("NFKC").toLowerCase().replaceAll(/\s/g, "");
  return new Set(Array.from(text, (_, i) => text.slice(i, i + 2)));
}

/** expected と半分より多くの部分が同じ行のうち、いちばん似たもの。なければ undefined */
function nearest(expected: string, lines: string[]): string | undefined {
  const wanted = bigrams(expected);
  const likeness = (line: string) => {
    const found = bigrams(line);
    return [...found].filter((pair) => wanted.has(pair)).length / Math.max(wanted.size, found.size);
  };
  const [best] = lines.toSorted((a, b) => likeness(b) - likeness(a));
  return best !== undefined && likeness(best) > 0.5 ? best : undefined;
}

/**
 * あるはずの行がないことを言う。よく似た行があれば、それを見せる
 * @param stdout 表示されたもの
 */
export function missingLine(line: string, stdout: string): Sight {
  const actual = nearest(line, toLines(stdout));
  if (actual === undefined) return { saw: stdout.trim() ? "その行がありません" : "何も表示しません" };
  return { saw: "よく似た、違う行があります", differs: difference([line], [actual]) };
}
