// 1人の採点 (npm run grade): 終了コード、JSON、呼び方の間違い。画面の全部は screens.test.ts
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { refusal } from "../grader/call-errors.cjs";
import { lessonNamed } from "../grader/lessons/all.ts";
import names from "../grader/lessons/names.cjs";
import { runToEnd } from "./run-command.ts";
import { temporary } from "./short-program.ts";
import { modelAnswers, submit, type Files } from "./submissions.ts";

const full = (name: string) => lessonNamed(name).checks.length;

test.concurrent("フォルダ、レッスンの順に書く。名指しされたものがないと、検査がみな落ち、JSON に出る", async () => {
  const folder = submit({ "Practice2/note.txt": "", "practice1/server.ts": "" });
  const json = join(temporary(), "result.json");
  const args = [folder, "Practice1", "--", "--all", "--json", `--outputFile=${json}`];
  const { code, stderr } = await runToEnd("grade", args, { npm: true });
  const { numPassedTests, numTotalTests, testResults } = JSON.parse(readFileSync(json, "utf8"));
  const expected = { code: 1, numPassedTests: 0, numTotalTests: full("Practice1") };
  expect({ code, numPassedTests, numTotalTests }).toEqual(expected);
  expect(testResults[0].assertionResults[0].failureDetails[0].report).toMatchObject({
    part: "server",
    saw: "フォルダがありません: Practice1 (practice1 ならあります)",
  });
  const missing = /^  実際: フォルダがありません: Practice1 \(practice1 ならあります\)$/gm;
  expect(stderr.match(missing)).toHaveLength(full("Practice1"));
  expect(stderr.match(/^\w+: \d+ のうち.*$/gm)).toEqual([`Practice1: ${full("Practice1")} のうち 0 に合格`]);
});

test.concurrent("SUBMISSION を設定して、レッスンだけを書いてもよい。合格すれば終了コードは 0", async () => {
  const args = ["Socket2", "--testNamePattern=合わせると"]; // jest のオプションも渡せる
  const env = { SUBMISSION: submit(modelAnswers("Socket2")), PLAIN: "1" };
  const { code, stderr } = await runToEnd("grade", args, { env });
  expect({ code, last: stderr.trimEnd().split("\n").at(-1) }).toEqual({
    code: 0,
    last: `Socket2: ${full("Socket2")} のうち 1 に合格`,
  });
});

const broken: Files = { "Socket1/client.ts": "console.log(", "practice1/server.ts": "" };

test.concurrent("名指ししなければ、あるものを調べ、ないものを言う。初めのものだけを全部見せる", async () => {
  const { code, stderr } = await runToEnd("grade", [submit(broken), "--runInBand"], { env: { SEED: "123" } });
  expect(code).toBe(1);
  expect(stderr.match(/^● .*/gm)).toEqual([
    "● サーバは、PORT がなければ 6000 番で待ち、Waiting for connections... と表示する",
    "● クライアントは、サーバに接続し、教科書のとおりのものだけを送る",
  ]);
  expect(stderr).toContain("実際: ファイルがありません: Socket1/server.ts\n");
  const error = 'Unexpected end of file (Socket1/client.ts の 1 行目)';
  expect(stderr).toContain(`実際: Socket1/client.ts がエラーで終わりました: ${error}\n`);
  expect(stderr).toContain("表示する: 試していません (サーバが、初めのメッセージに答えないので)\n");
  const end = [...names].sort().map((name) => {
    if (name === "Socket1") return `Socket1: ${full(name)} のうち 0 に合格`;
    return `${name}: 提出されていません${name === "Practice1" ? " (practice1 ならあります)" : ""}`;
  });
  expect(stderr).toContain(`\n${end.join("\n")}\n`);
  expect(stderr).toContain("SEED を 123 にします");
});

const one: Files = { "Practice1/client.ts": "" };
test.concurrent("採点そのものの間違いは、そう言う", async () => {
  // PLAIN では、コンパイルできないものを動かせない。採点の間違いとして、ちょうどよい
  const { code, stderr } = await runToEnd("grade", [submit(broken), "Socket1"], { env: { PLAIN: "1" } });
  expect(code).toBe(1);
  const ours = "採点そのものの間違いで、調べられませんでした。提出されたもののせいではありません:";
  expect(stderr).toContain(`● クライアントは、サーバに接続し、教科書のとおりのものだけを送る\n  ${ours}\n`);
});

/** 名前、書いたフォルダ、それが指すところ、レッスン、エラーの言葉 */
type Call = [string, string | undefined, string, string[], string | undefined];
const calls: Call[] = [
  ["SUBMISSION が空", "", submit(one), [], "SUBMISSION が空です"],
  ["何も書いていない", undefined, "", [], "npm run grade my Practice1 のように"],
  ["フォルダがない", "x", "/no/such/folder", [], "提出フォルダがありません: /no/such/folder"],
  ["レッスンでない名前", "x", submit(one), ["practice1"], "practice1 というレッスンはありません"],
  ["レッスンがない", "x", submit({ "note.txt": "" }), [], "のどれもありません: "],
  ["フォルダより先にレッスン", "Practice1", submit({ "note.txt": "" }), [], "npm run grade my Practice1 のように"],
  ["レッスンがファイル", "x", submit({ Practice1: "" }), [], "のどれもありません"],
  ["大文字と小文字が違う", "x", submit({ "practice1/server.ts": "" }), [], "(practice1 ならあります): "],
  ["できる", "x", submit(one), ["Practice2"], undefined],
];
test.concurrent.each(calls)("採点できるかを調べる: %s", async (_, folder, path, named, words) => {
  expect(refusal(folder, path, named)).toEqual(words && expect.stringContaining(words));
});

test.concurrent("採点できないと、エラーの1行で終わる", async () => {
  const folder = submit({ "alice/Practice1/server.ts": "" });
  const { code, stdout, stderr } = await runToEnd("grade", [folder, "Practice1"]);
  const none = `提出フォルダに ${names.join(", ")} のどれもありません`;
  const line = `エラー: ${none} (alice/Practice1 ならあります): ${folder}\n`;
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: line });
});
