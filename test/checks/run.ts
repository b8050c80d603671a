import { cpSync, mkdtempSync } from "node:fs";
import { join, resolve } from "node:path";
import { isFolder } from "../support/folders.cjs";
import { root } from "../support/root.ts";
import { Grading } from "./grading.ts";
import type { Lesson } from "./lesson.ts";

const { SUBMISSION, INIT_CWD = "", NAMED = "" } = process.env;

/** 提出フォルダ。なければ undefined (npm test は、このリポジトリの答えを調べる) */
const submission = SUBMISSION ? resolve(INIT_CWD, SUBMISSION) : undefined;

/** このリポジトリの答えの写し。type: module のない所に置くと、tsx なしで動かせる */
function ownAnswer(name: string): string {
  const folder = mkdtempSync(join(process.env.TEST_FOLDER!, "answer-"));
  if (isFolder(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true });
  return folder;
}

/**
 * レッスンの検査を jest のテストにする。提出フォルダにないレッスンは、名指しされたのでなければ調べない。
 * 止まった提出を待つ間も、ほかを調べられるように、みな同時に動かす (package.json の maxConcurrency)
 */
export function testLesson(lesson: Lesson) {
  const { name, checks } = lesson;
  const parent = submission ?? ownAnswer(name);
  const there = isFolder(join(parent, name));
  const grading = new Grading(lesson, join(parent, name), { plain: !submission });
  describe(name, () => {
    if (!there && submission && !NAMED.split(" ").includes(name)) return test.skip("提出されていません", () => {});
    for (const check of checks) test.concurrent(check.name, () => grading.run(check));
  });
}
