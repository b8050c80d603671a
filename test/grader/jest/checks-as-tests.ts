// レッスンの検査を、jest のテストにする (npm run grade では提出物、npm test ではこの教材の答えについて)
import { describe, test } from "@jest/globals";
import { cpSync, mkdtempSync } from "node:fs";
import { join, resolve } from "node:path";
import { Grading } from "../checks/grading.ts";
import type { Check, Lesson } from "../checks/lesson.ts";
import { isFolder } from "../files.cjs";
import { Failure } from "../report/failure.ts";
import { root } from "../repository-root.ts";

/** PLAIN は、tsx なしで早く動かすためのもの。採点のテストだけが使う */
const { SUBMISSION, INIT_CWD = "", NAMED = "", PLAIN } = process.env;

/** 提出フォルダ。なければ undefined (npm test は、このリポジトリの答えを調べる) */
const submitted = SUBMISSION ? resolve(INIT_CWD, SUBMISSION) : undefined;

/** 採点で待つ限度は、検査の中にある。jest の限度で点を失わないように、届かないものにする (ms) */
const limit = submitted ? 2 ** 31 - 1 : undefined;

/** このリポジトリの答えの写し。type: module のない所に置くと、tsx なしで動かせる */
function copyModelAnswer(name: string): string {
  const folder = mkdtempSync(join(process.env.TEST_FOLDER!, "model-"));
  if (isFolder(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true });
  return folder;
}

/**
 * レッスンの検査を jest のテストにする。提出フォルダにないレッスンは、名指しされたのでなければ調べない。
 * 止まった提出を待つ間も、ほかを調べられるように、みな同時に動かす (package.json の maxConcurrency)
 */
export function testLesson(lesson: Lesson) {
  const { name, checks } = lesson;
  const parent = submitted ?? copyModelAnswer(name);
  const there = isFolder(join(parent, name));
  const grading = new Grading(lesson, join(parent, name), { plain: !submitted || Boolean(PLAIN) });
  const run = (check: Check) => () => grading.run(check).catch(submitted ? withoutStack : rethrow);
  describe(name, () => {
    if (!there && submitted && !NAMED.split(" ").includes(name)) return test.skip("提出されていません", () => {});
    for (const check of checks) test.concurrent(check.name, run(check), limit);
  });
}

const rethrow = (error: unknown) => Promise.reject(error);

/** 提出した人に、採点のどこで落ちたかは見せない */
function withoutStack(error: unknown) {
  if (error instanceof Failure) error.stack = error.message;
  return rethrow(error);
}
