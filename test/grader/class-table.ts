// クラスの結果を、表と CSV と Gradescope の形にする
import type { LessonResult, Result } from "./results.ts";
import { visible } from "./report/render.ts";
import { brief } from "./report/screen.ts";

/** クラスの1人の結果。model は、この教材の答えのままだったレッスン */
export type Learner = { name: string; result: Result; model: string[] };

/** 初めに落ちた検査か、採点できなかった訳 */
export function faultOf({ lessons, fault }: Result): string {
  const [first] = lessons.flatMap(({ lesson, checks }) =>
    checks.filter(({ failure }) => failure).map((check) => `${lesson}: ${brief(check)}`),
  );
  return fault?.split("\n")[0] ?? first ?? "";
}

/** 1つのレッスンの、点と満点。提出されていないか、採点できなければ空 */
const score = ({ lessons }: Result, name: string): [LessonResult["passed"] | "", LessonResult["max"] | ""] => {
  const one = lessons.find(({ lesson }) => lesson === name);
  return one ? [one.passed, one.max] : ["", ""];
};

/** 1人終わるごとに言うこと */
export function progress({ name, result }: Learner, lessons: string[]): string {
  const scores = lessons.map((lesson) => `${lesson} ${score(result, lesson).join("/").replace(/^\/$/, "-")}`);
  return [`${name}:`, result.fault ? "採点できません。" : scores.join(" "), faultOf(result)].filter(Boolean).join(" ");
}

/** 見出しと、1人1行の表 */
export function table(learners: Learner[], lessons: string[]): (string | number)[][] {
  const header = ["name", ...lessons.flatMap((lesson) => [lesson, `${lesson} max`]), "fault", "model"];
  const row = ({ name, result, model }: Learner) => {
    return [name, ...lessons.flatMap((lesson) => score(result, lesson)), faultOf(result), model.join(" ")];
  };
  return [header, ...learners.map(row)];
}

/** 表計算のための CSV。バイト順の印を付け、セルが数式として始まらないようにする */
export function csv(rows: (string | number)[][]): string {
  const safe = (cell: string | number) =>
    visible(String(cell)).replaceAll(/[\n\t]/g, " ").replace(/^(?=[=+\-@])/, typeof cell === "number" ? "" : "'");
  const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return `\ufeff${rows.map((cells) => `${cells.map((cell) => quoted(safe(cell))).join(",")}\r\n`).join("")}`;
}

/** Gradescope の results.json。採点できなければ、0点と、その訳 */
export function gradescope({ lessons, fault }: Result): string {
  const tests = lessons.flatMap(({ lesson, checks }) =>
    checks.map(({ name, passed, report = "" }) => {
      return { name: `${lesson}: ${name}`, score: Number(passed), max_score: 1, output: report };
    }),
  );
  return JSON.stringify(fault ? { score: 0, output: visible(fault) } : { tests }, null, 2);
}
