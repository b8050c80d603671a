// 失敗を知らせるときの言葉

/** 改行や空白の違いも見えるように、文字列をかぎかっこに入れる */
export function quote(text: string): string {
  const lines = text.split("\n").map((line) => JSON.stringify(line).slice(1, -1).replaceAll('\\"', '"'));
  return `「${lines.join("(改行)")}」`;
}

/** 表示を行に分ける。行の終わりの空白は取り、最後の改行の後は行に数えない */
export function toLines(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trimEnd());
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/**
 * 初めて違う行を、期待と実際を並べて言葉にする。
 * @returns 違いがなければ undefined
 */
export function difference(expected: string[], actual: string[]): string | undefined {
  const at = Array.from({ length: Math.max(expected.length, actual.length) }).findIndex((_, i) => expected[i] !== actual[i]);
  if (at < 0) return undefined;
  const show = (line: string | undefined) => (line === undefined ? "(ここで終わり)" : line === "" ? "(空の行)" : line);
  return `${at + 1}行目が違います\n  期待: ${show(expected[at])}\n  実際: ${show(actual[at])}`;
}

/** 失敗したときに見せる、プログラムの出力。とても長い行 (変換の道具の中身など) は略す */
export function excerpt(text: string): string {
  const lines = toLines(text).map((line) => (line.length > 500 ? `${line.slice(0, 200)} …(略)` : line));
  return lines.join("\n").trim();
}
