// jest の JSON から、1人分の結果と、表と、Gradescope の形を作る
import type { FormattedTestResults } from "@jest/test-result";
import type { Report } from "./report/failure.ts";
import { inBrief, inFull, visible } from "./report/render.cjs";

/** 検査1つの結果。落ちたものの report は、採点そのものの間違いで落ちたなら undefined */
export type Checked = { lesson: string; title: string; passed: boolean; report?: Report; message: string };

/** 1人分の結果。採点できなければ checks は空で、fault がその訳。採点できれば、fault は初めに落ちた検査 */
export type Result = { name: string; checks: Checked[]; fault: string };

/** jest の JSON から、1人分の結果を作る */
export function resultOf(name: string, { testResults }: FormattedTestResults, lessons: string[]): Result {
  const checks = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== "pending") // 提出されていないもの
    .map(({ ancestorTitles, title, status, failureDetails, failureMessages }: any): Checked => {
      const { report } = failureDetails?.[0] ?? {};
      const message = failureMessages?.join("\n") ?? "";
      return { lesson: ancestorTitles[0], title, passed: status === "passed", report, message };
    })
    .sort((a, b) => lessons.indexOf(a.lesson) - lessons.indexOf(b.lesson));
  const failed = checks.find(({ passed }) => !passed);
  return { name, checks, fault: failed ? `${failed.lesson}: ${failed.title} (${brief(failed)})` : "" };
}

const brief = ({ report, message }: Checked) =>
  report ? inBrief(report) : `採点そのものの間違い: ${message.split("\n")[0]}`;

/** 1つのレッスンの、点と満点。提出されていないか、採点できなければ空 */
function score({ checks }: Result, lesson: string): [points: number | "", max: number | ""] {
  const its = checks.filter((check) => check.lesson === lesson);
  return its.length ? [its.filter(({ passed }) => passed).length, its.length] : ["", ""];
}

/** 1人終わるごとに言うこと */
export function progress(result: Result, lessons: string[]): string {
  const { name, checks, fault } = result;
  const scores = lessons.map((lesson) => `${lesson} ${score(result, lesson).join("/").replace(/^\/$/, "-")}`);
  return [`${name}:`, checks.length ? scores.join(" ") : "採点できません。", fault].filter(Boolean).join(" ");
}

/** 見出しと、1人1行の表 */
export function table(results: Result[], lessons: string[]): (string | number)[][] {
  const header = ["name", ...lessons.flatMap((lesson) => [lesson, `${lesson} max`]), "fault"];
  const row = (result: Result) => [result.name, ...lessons.flatMap((lesson) => score(result, lesson)), result.fault];
  return [header, ...results.map(row)];
}

/** 表計算のための CSV。バイト順の印を付け、セルが数式として始まらないようにする */
export function csv(rows: (string | number)[][]): string {
  const safe = (cell: string | number) =>
    visible(String(cell)).replaceAll(/[\n\t]/g, " ").replace(/^(?=[=+\-@])/, typeof cell === "number" ? "" : "'");
  const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return `\ufeff${rows.map((cells) => `${cells.map((cell) => quoted(safe(cell))).join(",")}\r\n`).join("")}`;
}

/** Gradescope の results.json。採点できなければ、0点と、その訳 */
export function gradescope({ checks, fault }: Result): string {
  const tests = checks.map(({ lesson, title, passed, report, message }) => ({
    name: `${lesson}: ${title}`,
    score: passed ? 1 : 0,
    max_score: 1,
    output: report ? inFull(report).join("\n") : visible(message),
  }));
  return JSON.stringify(checks.length ? { tests } : { score: 0, output: visible(fault) }, null, 2);
}
