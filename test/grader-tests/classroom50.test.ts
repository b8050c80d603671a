// test/README.md の autograder.py を、Classroom 50 のするとおりに動かし、書いたものを、公開された形と比べる
import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { lessonNamed } from "../grader/lessons/all.ts";
import { environment } from "../grader/process/environment.ts";
import { root } from "../grader/repository-root.ts";
import { temporary } from "./short-program.ts";
import { modelAnswer, submit, type Files } from "./submissions.ts";

const guide = readFileSync(join(root, "test/README.md"), "utf8");

/** サービスが設定する変数 (foundation50/classroom50 の runner.py) */
const variables = {
  CLASSROOM: "socket",
  ASSIGNMENT: "practice",
  ASSIGNMENT_TYPE: "individual",
  OWNER: "alice",
  SUBMISSION_TAG: "submit/2026-10-01T00-00-00Z-abc1234",
  COMMIT_URL: "https://example.com/commit",
  RELEASE_URL: "https://example.com/release",
  REVIEW_URL: "https://example.com/review",
};

/** 提出フォルダの中で動かす。教材は、もう取ってきてあることにする */
function autograde(files: Files) {
  const folder = submit(files);
  const RUNNER_TEMP = temporary();
  symlinkSync(root, join(RUNNER_TEMP, "book"));
  writeFileSync(join(RUNNER_TEMP, "autograder.py"), guide.match(/```python\n([^]*?)```/)![1]);
  const env = { ...environment(), ...variables, RUNNER_TEMP, PLAIN: "1" };
  const program = join(RUNNER_TEMP, "autograder.py");
  execFileSync("python3", [program], { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  return { result: JSON.parse(read("result.json")), body: read("release-body.md") };
}

/** schemas/result-v1.schema.json の、なければならないものと、その形 */
const text = expect.stringMatching(/./);
const count = expect.any(Number);
const shape = {
  schema: "classroom50/result/v1",
  classroom: text,
  assignment: text,
  assignment_type: expect.stringMatching(/^(individual|group)$/),
  owner: text,
  submission: expect.stringMatching(/^submit\//),
  commit: text,
  release: text,
  review: text,
  datetime: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/),
  score: count,
  "max-score": count,
  tests: expect.any(Array),
};
const testShape = { "test-name": text, passed: expect.any(Boolean), score: count, "max-score": count };

test("autograder.py は、検査1つを1点とする", () => {
  const { result, body } = autograde({ "Practice1/client.ts": modelAnswer("Practice1", "client") });
  expect(result).toEqual(shape); // ほかの名前は、あってはならない
  for (const one of result.tests) expect(one).toEqual(testShape);
  const [asked, other] = ["Practice1", "Practice2"].map((name) => lessonNamed(name).checks);
  const [mark, full] = [asked.filter(({ part }) => part === "client").length, asked.length + other.length];
  expect([result.score, result["max-score"], result.tests.length]).toEqual([mark, full, full]);
  expect(body).toContain(`### ${mark} / ${full}`);
  expect(body).toContain("フォルダがありません: Practice2");
});

test("autograder.py は、レッスンが1つもなければ、0点とその訳を書く", () => {
  const { result } = autograde({ "note.txt": "" });
  expect(result).toEqual({ ...shape, score: 0, "max-score": 1 });
  expect(result.tests).toEqual([{ ...testShape, "test-name": expect.stringContaining("のどれもありません") }]);
});

test("満点は、登録する points と同じ", () => {
  const tests = JSON.parse(guide.match(/```json\n([^]*?)```/)![1]);
  const points = tests.slice(1).map(({ name, points }: any) => [name, points]);
  expect(points).toEqual(["Practice1", "Practice2"].map((name) => [name, lessonNamed(name).checks.length]));
});
