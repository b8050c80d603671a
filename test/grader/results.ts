// 1人の採点をし、結果の形 (npm run grade の --json) を決める。画面も表も Gradescope も、ここから作る
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Part } from "./checks/lesson.ts";
import { Grading } from "./checks/grading.ts";
import { lessons } from "./lessons/all.ts";
import { Failure, type Report } from "./report/failure.ts";
import { inFull } from "./report/render.ts";
import { root } from "./repository-root.ts";
import type { Submission } from "./submission.ts";

/** 検査1つの結果。report は --all が見せるもの、failure はその元 (JSON には書かない) */
export type Checked = {
  id: string;
  name: string;
  part: Part;
  passed: boolean;
  untried?: true;
  report?: string;
  failure?: Report;
};

export type LessonResult = { lesson: string; passed: number; max: number; checks: Checked[] };

/** 1人の結果。採点できなければ lessons は空で、fault がその訳 */
export type Result = { lessons: LessonResult[]; seed: number; node: string; commit?: string; fault?: string };

/** 採点の結果と、採点の間に、写しのファイルが書き換えられたか (ほかの人のプログラムのせいかもしれない) */
type Graded = { result: Result; touched: boolean };

/** 採点そのものの間違いで、採点できなかった */
export const ours = "採点そのものの間違いで、採点できませんでした。提出されたもののせいではありません";

/**
 * 採点する。環境変数 PLAIN があれば、tsx なしで動かす (早い。テストだけが使う)
 * @param named 採点するレッスンの名前
 */
export async function grade(submission: Submission, named: string[], seed: number): Promise<Graded> {
  const result: Result = { lessons: [], seed, node: process.version, commit };
  let touched = false;
  try {
    const copy = await submission.copy();
    const options = { seed, plain: Boolean(process.env.PLAIN), home: submission.folder };
    const chosen = lessons.filter(({ name }) => named.includes(name));
    const graded = chosen.map((lesson) => gradeLesson(new Grading(lesson, join(copy, lesson.name), options)));
    result.lessons = await all(graded);
    touched = !submission.isIntact(copy);
  } catch (error) {
    result.fault = `${ours}: ${(error as Error).stack}`;
  }
  return { result, touched };
}

/** みな終わるのを待つ。 @throws {Error} どれかがだめだったとき */
async function all<T>(promises: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

async function gradeLesson(grading: Grading): Promise<LessonResult> {
  const { name, checks } = grading.lesson;
  const checked = checks.map(async (check): Promise<Checked> => {
    const error = await grading.run(check).then(() => undefined, (error) => error);
    if (!error) return { ...check, passed: true };
    if (!(error instanceof Failure)) throw error;
    const failure = error.report;
    const { untried } = failure;
    return { ...check, passed: false, ...(untried && { untried }), report: inFull(failure).join("\n"), failure };
  });
  const results = await all(checked);
  return { lesson: name, passed: results.filter(({ passed }) => passed).length, max: checks.length, checks: results };
}

/** この採点の版。git が知らなければ undefined */
const commit = (() => {
  try {
    const args = ["-C", root, "rev-parse", "HEAD"];
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
})();

/** 結果の JSON */
export function toJson(result: Result): string {
  return `${JSON.stringify(result, (key, value) => (key === "failure" ? undefined : value), 2)}\n`;
}

/** みな合格したか */
export const allPassed = ({ lessons, fault }: Result) => !fault && lessons.every(({ passed, max }) => passed === max);
