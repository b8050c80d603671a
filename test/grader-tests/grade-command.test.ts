// 1人の採点 (npm run grade): 終了コード、JSON、呼び方の間違い。画面の全部は screens.test.ts
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readCall } from "../grader/command-line.ts";
import { lessonNamed } from "../grader/lessons/all.ts";
import { root } from "../grader/repository-root.ts";
import { runToEnd } from "./run-command.ts";
import { temporary } from "./short-program.ts";
import { modelAnswers, submit, type Files } from "./submissions.ts";

const { checks } = lessonNamed("Practice1");
const full = checks.length;

test.concurrent("npm から、言葉とオプションで。名指しされたものがないと、検査がみな落ち、JSON に出る", async () => {
  const folder = submit({ "Practice2/note.txt": "", "practice1/server.ts": "" });
  const file = join(temporary(), "result.json");
  const args = [folder, "Practice1", "seed", "42", "all", "--", "--json", file];
  const { code, stderr } = await runToEnd("grade", args, { npm: true });
  expect(code).toBe(1);
  const result = JSON.parse(readFileSync(file, "utf8"));
  const saw = "実際: フォルダがありません: Practice1 (practice1 ならあります)";
  const report = expect.stringContaining(saw);
  expect(result).toEqual({
    lessons: [
      {
        lesson: "Practice1",
        passed: 0,
        max: full,
        checks: checks.map((check) => ({ ...check, passed: false, report })),
      },
    ],
    seed: 42,
    node: process.version,
    commit: expect.stringMatching(/^[0-9a-f]{40}$/),
  });
  expect(stderr.split(saw)).toHaveLength(full + 1);
  expect(stderr.trimEnd().split("\n").slice(-3)).toEqual([
    `Practice1: ${full} のうち 0 に合格`,
    `同じ値でもう一度: npm run grade ${folder} Practice1 seed 42`,
    expect.stringMatching(/^まず直すところ: Practice1\/server.ts: フォルダがありません/),
  ]);
});

test.concurrent("合格すれば終了コードは 0。名指ししなければ、あるものだけを調べ、JSON のほかの形もない", async () => {
  const file = join(temporary(), "result.json");
  const args = [submit(modelAnswers("Socket2")), `--json=${file}`];
  const { code, stdout, stderr } = await runToEnd("grade", args, { env: { PLAIN: "1" } });
  const max = lessonNamed("Socket2").checks.length;
  expect({ code, stdout, last: stderr.trimEnd().split("\n").at(-1) }).toEqual({
    ...{ code: 0, stdout: "" },
    last: `Socket2: ${max} のうち ${max} に合格`,
  });
  const { lessons } = JSON.parse(readFileSync(file, "utf8"));
  expect(lessons).toMatchObject([{ lesson: "Socket2", passed: max, max }]);
});

test.concurrent("採点そのものの間違いは、そう言い、点を残さない。終了コードは 2", async () => {
  const folder = submit({ ...modelAnswers("Socket1"), "Socket1/client.ts": "console.log(" });
  const file = join(temporary(), "result.json");
  // PLAIN では、コンパイルできないものを動かせない。採点の間違いとして、ちょうどよい
  const { code, stderr } = await runToEnd("grade", [folder, "--json", file], { env: { PLAIN: "1" } });
  expect(code).toBe(2);
  const words = "採点そのものの間違いで、採点できませんでした。提出されたもののせいではありません: ";
  expect(stderr).toMatch(`エラー: ${words}`);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ lessons: [], fault: expect.stringContaining(words) });
});

const one: Files = { "Practice1/client.ts": "" };
const deep: Files = { "my/Practice1/client.ts": "" };
const small: Files = { "practice1/server.ts": "" };
/** 打たれた言葉 (FOLDER は提出フォルダ) と、言われるはずの言葉 */
const calls: [name: string, args: string[], files: Files, words: string][] = [
  ["何も打っていない", [], one, "提出フォルダ、レッスンの順に打ちます: npm run grade my Practice1"],
  ["フォルダがない", ["nowhere", "Practice1"], one, "提出フォルダがありません: "],
  ["レッスンでない名前", ["FOLDER", "Practice3"], one, "Practice3 というレッスンはありません。Socket1, "],
  ["大文字と小文字が違うレッスン", ["FOLDER", "practice1"], one, ": npm run grade FOLDER Practice1"],
  ["大文字と小文字が違うフォルダ", ["FOLDER/MY", "Practice1"], deep, ": npm run grade FOLDER/my Practice1"],
  ["レッスンがない", ["FOLDER"], { "note.txt": "" }, "のどれもありません: "],
  ["レッスンがファイル", ["FOLDER"], { Practice1: "" }, "のどれもありません"],
  ["大文字と小文字が違うレッスンのフォルダ", ["FOLDER"], small, "practice1 の名前を、Practice1 にします"],
  ["レッスンのフォルダを打った", ["FOLDER/Practice1"], one, "分けて打ちます: npm run grade FOLDER Practice1"],
  ["レッスンの中のフォルダを打った", ["FOLDER/Practice1/src"], one, ": npm run grade FOLDER Practice1"],
  ["1つ上のフォルダを打った", ["FOLDER", "Practice1"], deep, ": npm run grade FOLDER/my Practice1"],
  ["seed に番号がない", ["FOLDER", "seed"], one, "seed のあとに、番号を書きます"],
  ["フォルダとレッスンが逆", ["Practice1", "FOLDER"], one, "提出フォルダが先です: npm run grade FOLDER Practice1"],
  ["レッスンのファイルを打った", ["FOLDER/Practice1/client.ts"], one, ": npm run grade FOLDER Practice1"],
  ["どちらも大文字と小文字が違う", ["FOLDER/MY", "practice1"], deep, ": npm run grade FOLDER/my Practice1"],
  ["seed と言わずに番号", ["FOLDER", "Practice1", "5"], one, ": npm run grade FOLDER Practice1 seed 5"],
  ["seed と番号の間が空いていない", ["FOLDER", "Practice1", "seed5"], one, ": npm run grade FOLDER Practice1 seed 5"],
  ["seed のオプション", ["FOLDER", "Practice1", "--seed", "5"], one, ": npm run grade FOLDER Practice1 seed 5"],
  ["seed が番号でない", ["FOLDER", "seed", "x"], one, "seed のあとに、番号を書きます: seed 123456"],
  ["ないオプション", ["FOLDER", "--fast"], one, "--fast というオプションはありません: npm run grade FOLDER"],
];
test.concurrent.each(calls)("呼び方の間違いには、正しい形を言う: %s", async (_, args, files, words) => {
  const folder = submit(files);
  const filled = (text: string) => text.replaceAll("FOLDER", folder);
  const call = () => readCall("grade", args.map(filled), temporary());
  expect(call).toThrow(expect.objectContaining({ message: expect.stringContaining(filled(words)) }));
});

test.concurrent("本の答えのフォルダや、ほかのフォルダから打ったときも、正しい形を言う", async () => {
  const said = (from: string, ...args: string[]) => expect(() => readCall("grade", args, from));
  said(root, "Practice1").toThrow("提出フォルダと、レッスンを分けて打ちます: npm run grade my Practice1");
  const inside = "リポジトリのフォルダで打ちます: cd .. のあとに、npm run grade test Practice1";
  said(join(root, "test"), "test", "Practice1").toThrow(inside);
  said(join(root, "Practice1"), ".", "Practice1").toThrow("分けて打ちます: cd .. のあとに、npm run grade my Practice1");
  said(join(root, "test")).toThrow("レッスンの順に打ちます: cd .. のあとに、npm run grade my Practice1");
});

test.concurrent("言葉を読む", async () => {
  const folder = submit(one);
  const read = (...args: string[]) => readCall("grade", [folder, ...args], root);
  const plain = { folder, typed: folder, named: [], all: false, json: undefined };
  expect(read()).toMatchObject({ ...plain, seed: expect.any(Number) });
  expect(read("Practice1", "seed", "7", "all")).toMatchObject({ ...plain, named: ["Practice1"], seed: 7, all: true });
  expect(read("Practice1/")).toMatchObject({ ...plain, named: ["Practice1"] });
  expect(read("--json=a.json", "--all")).toMatchObject({ ...plain, json: join(root, "a.json"), all: true });
});

test.concurrent("呼び方の間違いは、1行で終わる。終了コードは 2", async () => {
  const folder = submit({ "alice/Practice1/server.ts": "" });
  const { code, stdout, stderr } = await runToEnd("grade", [folder, "Practice1"]);
  const line = `エラー: 提出フォルダは、1つ下のようです: npm run grade ${folder}/alice Practice1\n`;
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: line });
});
