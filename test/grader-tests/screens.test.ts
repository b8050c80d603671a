// 採点の画面 (test/grade/reporter.cjs)
import { createRequire } from "node:module";
import { expect, jest, test } from "@jest/globals";
import { lessonNamed } from "../grader/lessons/all.ts";
import { modelAnswer, edit, grade, type Files } from "./submissions.ts";

const Reporter = createRequire(import.meta.url)("../grader/jest/screen-reporter.cjs");

/** 採点し、その結果を、jest がするようにレポーターに渡して、画面の行を得る */
async function screen(lesson: string, files: Files): Promise<string[]> {
  const fallen = await grade(files, lesson, [""], { plain: true, patience: 4000 });
  const testResults = lessonNamed(lesson).checks.map(({ name: title }) => {
    const failed = fallen.filter(({ name }) => name === title);
    const status = failed.length ? "failed" : "passed";
    const failureMessages = failed.map(({ message }) => message);
    return { ancestorTitles: [lesson], title, status, failureDetails: failed, failureMessages };
  });
  const said = jest.spyOn(console, "error").mockImplementation(() => {});
  const reporter = new Reporter();
  reporter.onTestResult({}, { testResults });
  const results = [{ testFilePath: `${lesson}.test.ts`, testResults }];
  reporter.onRunComplete({}, { testResults: results, numFailedTests: fallen.length });
  const lines = said.mock.calls.flatMap(([text]) => text.split("\n"));
  said.mockRestore();
  return lines;
}

test("Socket1 の写しのままの Practice1 は、45行までで言う", async () => {
  const [server, client] = (["server", "client"] as const).map((file) => modelAnswer("Socket1", file));
  const lines = await screen("Practice1", { "Practice1/server.ts": server, "Practice1/client.ts": client });
  expect(lines.length).toBeLessThanOrEqual(45);
  expect(lines.at(-2)).toMatch(/^Practice1: \d+ のうち [1-9] に合格$/);
  expect(lines.filter((line) => line.startsWith("● "))).toHaveLength(3); // サーバ、クライアント、合わせる検査
  expect(lines.join("\n")).toContain("表示する: 終わりに表示した行が違います (期待: Answer:");
});

test("--all なら、みな全部見せる。同じエラー出力は1回だけ", async () => {
  process.env.REPORT_ALL = "1";
  const grading = screen("Socket1", edit("Socket1", "client", "console.log(", "console.lgo("));
  const lines = await grading.finally(() => delete process.env.REPORT_ALL);
  const failed = lines.filter((line) => line.startsWith("  ✕ "));
  expect(failed.length).toBeGreaterThan(1);
  expect(lines.filter((line) => line.startsWith("● "))).toHaveLength(failed.length);
  expect(lines.filter((line) => line.startsWith("    │ TypeError: "))).toHaveLength(1);
});
