// 失敗を、読む人の言葉に並べる。目に見えない文字を見えるようにもする。レポーターも使うので、JavaScript で書く

/** @typedef {import("./failure.ts").Report} Report */
/** @typedef {import("./failure.ts").Output} Output */
/** @typedef {import("./failure.ts").Difference} Difference */

/**
 * 制御文字を、目に見える記号 (␛ など) にする。改行とタブはそのまま。
 * @param {string} text
 */
const visible = (text) =>
  text
    .replaceAll("\r\n", "\n")
    .replaceAll(/[\0-\x08\x0b-\x1f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))
    .replaceAll("\x7f", "␡")
    .replaceAll(/[\x80-\x9f]/g, "�");

/**
 * 文字列をかぎかっこに入れる。改行もタブも、目に見えるようにする。
 * @param {string} text
 */
const quote = (text) =>
  `「${text.split("\n").map((line) => visible(line).replaceAll("\t", "␉")).join("(改行)")}」`;

/** @param {string | undefined} line */
const shownLine = (line) => (line === undefined ? "(ここで終わり)" : line === "" ? "(空の行)" : visible(line));

/**
 * プログラムの出力を行にする。とても長い行 (変換の道具の中身など) と、100行より先は略す。
 * @param {string} text
 */
function excerpt(text) {
  const lines = visible(text).trimEnd().split("\n");
  const shown = lines.slice(0, 100).map((line) => (line.length > 500 ? `${line.slice(0, 200)} …(略)` : line));
  return lines.length > 100 ? [...shown, `…(あと ${lines.length - 100} 行)`] : shown;
}

/** @param {string[]} lines */
const indented = (lines) => lines.map((line) => (line ? `    ${line}` : line));

/**
 * プログラムの出力。縦の線があれば、jest が、その中のスタックトレースを自分のものと思わない
 * @param {string[]} lines
 */
const barred = (lines) => lines.map((line) => `  │ ${line}`.trimEnd());

/**
 * プログラム1つの出力。
 * @param {Output} output
 */
function outputLines({ name, stdout, stderr }) {
  const lines = [];
  if (stdout.trim()) lines.push(`--- ${name} の標準出力:`, ...barred(excerpt(stdout)));
  if (stderr.trim()) lines.push(`--- ${name} の標準エラー:`, ...barred(excerpt(stderr)));
  return lines.length ? lines : [`--- ${name} は、何も表示していません`];
}

/**
 * 報告の全部を、行にする。
 * @param {Report} report
 * @returns {string[]}
 */
function inFull({ untried, done, expected, lines = [], before, saw, differs, hint, outputs }) {
  if (untried) return [visible(saw)];
  return [
    ...before.map((one) => `その前: ${visible(one)}`),
    `したこと: ${visible(done)}`,
    `期待: ${visible(expected)}`,
    ...(differs || outputs.some(({ crash }) => crash) ? [] : indented(lines.map(visible))),
    `実際: ${visible(saw)}`,
    ...(differs ? [`  期待: ${shownLine(differs.expected)}`, `  実際: ${shownLine(differs.actual)}`] : []),
    ...(hint ? [`ヒント: ${hint}`] : []),
    ...outputs.flatMap(outputLines),
  ];
}

/**
 * 見たことを、1行にする。
 * @param {Report} report
 */
function inBrief({ saw, differs, hint }) {
  const sides = differs ? ` (期待: ${shownLine(differs.expected)} 実際: ${shownLine(differs.actual)})` : "";
  return `${visible(saw).replaceAll("\n", " ")}${sides}${hint ? `。${hint}` : ""}`;
}

module.exports = { visible, quote, inFull, inBrief };
