// 失敗を、読む人の言葉に並べる。目に見えない文字を見えるようにもする
import type { Output, Report } from "./failure.ts";

/** かぎかっこに入れる文字列の幅の限度 (全角を2つと数える)。長ければ、中ほどを略す */
const quoteLimit = 120;

/** 制御文字を、目に見える記号 (␛ など) にし、長く続く同じ記号は、その数にする。改行とタブはそのまま */
export const visible = (text: string): string =>
  text
    .replaceAll("\r\n", "\n")
    .replaceAll(/[\0-\x08\x0b-\x1f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))
    .replaceAll("\x7f", "␡")
    .replaceAll(/[\x80-\x9f]/g, "�")
    .replaceAll(/([^\w\s─-╿*=-])\1{20,}/gu, (run, char) => `${char}(${[...run].length}個)`);

/** 画面での幅。全角を2つと数える */
export const width = (text: string) => [...text].reduce((sum, char) => sum + (/[\u1100-\uffdc]/.test(char) ? 2 : 1), 0);

/** 長ければ、中ほどを略す。 @param most 幅の限度 (全角を2つと数える) */
export function cut(text: string, most: number): string {
  const chars = [...text];
  if (width(text) <= most) return text;
  const take = (from: string[], room: number) => {
    let taken = "";
    for (const char of from) if (width(taken + char) > room) break; else taken += char;
    return [...taken].length;
  };
  const head = take(chars, Math.ceil((most - 5) * 0.6));
  const tail = take(chars.toReversed(), Math.floor((most - 5) * 0.4));
  return `${chars.slice(0, head).join("")} … ${chars.slice(chars.length - tail).join("")}`;
}

/** 文字列をかぎかっこに入れる。改行もタブも、目に見えるようにし、長ければ中ほどを略す */
export const quote = (text: string): string =>
  `「${cut(text.split("\n").map((line) => visible(line).replaceAll("\t", "␉")).join("(改行)"), quoteLimit)}」`;

const shownLine = (line: string | undefined) =>
  line === undefined ? "(ここで終わり)" : line === "" ? "(空の行)" : cut(visible(line), 160);

/** プログラムの出力を行にする。とても長い行 (変換の道具の中身など) と、100行より先は略す */
function excerpt(text: string): string[] {
  const lines = visible(text).trimEnd().split("\n");
  const shown = lines.slice(0, 100).map((line) => (line.length > 500 ? `${line.slice(0, 200)} …(略)` : line));
  return lines.length > 100 ? [...shown, `…(あと ${lines.length - 100} 行)`] : shown;
}

const indented = (lines: string[]) => lines.map((line) => (line ? `    ${line}` : line));

/** プログラムの出力。縦の線があれば、jest が、その中のスタックトレースを自分のものと思わない */
const barred = (lines: string[]) => lines.map((line) => `  │ ${line}`.trimEnd());

/** プログラム1つの出力 */
function outputLines({ name, stdout, stderr }: Output): string[] {
  const lines: string[] = [];
  if (stdout.trim()) lines.push(`--- ${name} の標準出力:`, ...barred(excerpt(stdout)));
  if (stderr.trim()) lines.push(`--- ${name} の標準エラー:`, ...barred(excerpt(stderr)));
  return lines.length ? lines : [`--- ${name} は、何も表示していません`];
}

/** 報告の全部を、行にする */
export function inFull({ untried, done, expected, lines = [], before, saw, differs, hint, outputs }: Report): string[] {
  if (untried) return [`試していません (${visible(saw)})`];
  const silent = differs && differs.actual === undefined; // 何も表示していないことは、もう言った
  // 違う行か、エラーを見せれば足りる
  const hidden = lines.length > 0 && (differs || outputs.some(({ crash }) => crash));
  return [
    ...before.map((one) => `その前: ${visible(one)}`),
    `したこと: ${visible(done)}`,
    ...(hidden ? [] : [`期待: ${visible(expected)}`, ...indented(lines.map(visible))]),
    `実際: ${visible(saw)}`,
    ...(differs ? [`  期待: ${shownLine(differs.expected)}`, `  実際: ${shownLine(differs.actual)}`] : []),
    ...(hint ? [`ヒント: ${hint}`] : []),
    ...outputs.flatMap((output) => (silent && !output.stdout && !output.stderr ? [] : outputLines(output))),
  ];
}

/** 見たことを、1行にする。 @param most 幅の限度 (全角を2つと数える) */
export function inBrief({ untried, saw, differs, hint, arrived, expected }: Report, most: number): string {
  if (untried) return cut(`試していません (${visible(saw)})`, most);
  const side = (line: string | undefined) => cut(shownLine(line), Math.max(10, Math.floor((most - 44) / 2)));
  const wanted = arrived ? ` (期待: ${cut(visible(expected), Math.floor(most / 3))})` : "";
  const sides = differs ? ` (期待: ${side(differs.expected)} 実際: ${side(differs.actual)})` : wanted;
  const room = most - width(sides);
  const words = `${cut(visible(saw).replaceAll("\n", " "), room)}${sides}`;
  const whole = `${words}${hint ? `。${hint}` : ""}`;
  return width(whole) <= most ? whole : words;
}
