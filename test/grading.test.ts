// 採点の検査を、jest のテストとして行う。SUBMISSION=フォルダ なら提出されたもの、なければこの教材の答えについて:
// SUBMISSION=../submissions/alice npx jest test/grading.test.ts -t Practice1
import { beforeAll, describe, test } from "@jest/globals";
import { cpSync, mkdtempSync } from "node:fs";
import { join, resolve } from "node:path";
import { Grading } from "./grader/checks/grading.ts";
import { lessons, names } from "./grader/lessons/all.ts";
import { Failure } from "./grader/report/failure.ts";
import { inFull } from "./grader/report/render.ts";
import { root } from "./grader/repository-root.ts";
import { Submission } from "./grader/submission.ts";

const { SUBMISSION, INIT_CWD, SEED, PLAIN } = process.env;

/** 採点で待つ限度は、検査の中にある。jest の限度で点を失わないように、届かないものにする (ms) */
const limit = SUBMISSION ? 2 ** 31 - 1 : undefined;

/** この教材の答えだけのフォルダ */
function modelAnswers(): string {
  const folder = mkdtempSync(join(process.env.TEST_FOLDER!, "model-"));
  for (const name of names) cpSync(join(root, name), join(folder, name), { recursive: true });
  return folder;
}

const home = SUBMISSION && resolve(INIT_CWD ?? "", SUBMISSION);

let copy: Promise<string>;
beforeAll(() => void (copy = new Submission(home ?? modelAnswers()).copy()));

for (const lesson of lessons)
  describe(lesson.name, () => {
    let grading: Promise<Grading>;
    const options = { seed: Number(SEED), plain: !SUBMISSION || Boolean(PLAIN), home };
    beforeAll(() => void (grading = copy.then((folder) => new Grading(lesson, join(folder, lesson.name), options))));
    for (const check of lesson.checks)
      test(check.name, async () => (await grading).run(check).catch(SUBMISSION ? withoutStack : rethrow), limit);
  });

const rethrow = (error: unknown) => Promise.reject(error);

/** 提出した人に、採点のどこで落ちたかは見せない */
function withoutStack(error: unknown) {
  if (error instanceof Failure) error.stack = inFull(error.report).join("\n");
  return rethrow(error);
}
