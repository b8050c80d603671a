// 提出されたものの写し (grader/submission.ts) のテスト
import { expect, test } from "@jest/globals";
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readAll, Submission } from "../grader/submission.ts";
import { temporary } from "./short-program.ts";
import { edit, modelAnswers, submit } from "./submissions.ts";

/** 写しの中の、ファイルの中身 */
const read = (folder: string, file: string) => readFileSync(join(folder, file), "utf8");

test.each([
  ["関数の外の await", "const x = 1;\nif (x) await Promise.resolve();", "module"],
  ["import.meta", "console.log(import.meta.dirname);", "module"],
  ["関数の中の await だけ", "async function main() { await 1; }\nmain();", "commonjs"],
  ["require", "const net = require('net');", "commonjs"],
  ["書き間違い", "async function main( {\nawait", "commonjs"],
])("package.json がなければ、書き方で種類を決める: %s", async (_, code, type) => {
  const copy = await new Submission(submit({ "Practice1/server.ts": code, "Practice2/server.ts": "" })).copy();
  expect(JSON.parse(read(copy, "Practice1/package.json"))).toEqual({ type });
  expect(JSON.parse(read(copy, "Practice2/package.json"))).toEqual({ type: "commonjs" });
});

test("提出された package.json があれば、それで決まる", async () => {
  const files = { "Practice1/server.ts": "await 1;", "package.json": "{}", "Practice2/package.json": "{}" };
  const copy = await new Submission(submit(files)).copy();
  expect(existsSync(join(copy, "Practice1/package.json"))).toBe(false);
  expect(read(copy, "Practice2/package.json")).toBe("{}");
});

test("読んだあとで変えられても、消されても、読んだときのまま", async () => {
  const folder = submit({ "Socket1/server.ts": "前", "Socket1/lib/a.ts": "助け" });
  const submission = new Submission(folder);
  writeFileSync(join(folder, "Socket1/server.ts"), "後");
  rmSync(join(folder, "Socket1/lib"), { recursive: true });
  const [copy, other] = [await submission.copy(), await submission.copy()];
  expect([read(copy, "Socket1/server.ts"), read(copy, "Socket1/lib/a.ts")]).toEqual(["前", "助け"]);
  expect(dirname(copy)).not.toBe(dirname(other)); // となりに、ほかの写しはない
});

test("クラスの提出を、みな読む。読めなければ、その訳を言う。名指しされていれば、レッスンのない人も採点する", () => {
  const folder = submit({ "alice/Practice1/server.ts": "", "bob/note.txt": "" });
  const read = (...named: string[]) => {
    const handed = readAll(folder, ["alice", "bob", "carol"], named);
    return handed.map(({ submission, unreadable }) => submission?.lessons(named) ?? unreadable);
  };
  const nowhere = `提出フォルダがありません: ${join(folder, "carol")}`;
  expect(read()).toEqual([["Practice1"], "レッスンのフォルダがありません", nowhere]);
  expect(read("Practice2")).toEqual([["Practice2"], ["Practice2"], nowhere]);
});

test("写しが書き換えられたら、分かる", async () => {
  const submission = new Submission(submit({ "Socket1/server.ts": "前" }));
  const copy = await submission.copy();
  expect(submission.isIntact(copy)).toBe(true);
  writeFileSync(join(copy, "Socket1/server.ts"), "");
  expect(submission.isIntact(copy)).toBe(false);
});

test("リンクは、提出フォルダの中なら写しの中を、外ならもとの場所を指す。node_modules と .git は写さない", async () => {
  const outside = temporary();
  writeFileSync(join(outside, "a.txt"), "外");
  const folder = submit({ Practice1: { link: "src" }, "src/server.ts": "中", ".git/config": "" });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(outside, "a.txt"), join(folder, "outside.txt"));
  symlinkSync(join(folder, "src/server.ts"), join(folder, "absolute.ts"));
  symlinkSync("/no/such/file", join(folder, "nowhere"));
  const copy = await new Submission(folder).copy();
  expect(read(copy, "outside.txt")).toBe("外");
  for (const file of ["Practice1/server.ts", "absolute.ts"])
    expect(realpathSync(join(copy, file))).toBe(join(copy, "src/server.ts"));
  expect(realpathSync(join(copy, "node_modules"))).toBe(join(folder, "node_modules"));
  expect(existsSync(join(copy, ".git"))).toBe(false);
});

test("上のフォルダの node_modules も使える", async () => {
  const folder = submit({ "alice/Practice1/server.ts": "", "node_modules/x/index.js": "" });
  const copy = await new Submission(join(folder, "alice")).copy();
  expect(existsSync(join(dirname(copy), "node_modules/x/index.js"))).toBe(true);
});

test("大きなファイルは、読まずにもとの場所を指す", async () => {
  const folder = submit({ "Practice1/server.ts": "", "video.mp4": "x".repeat(2 ** 20 + 1) });
  const copy = await new Submission(folder).copy();
  expect(realpathSync(join(copy, "video.mp4"))).toBe(join(folder, "video.mp4"));
});

test("この教材の答えのままかを、1文字ずつ見る", () => {
  expect(new Submission(submit(modelAnswers("Socket1"))).isModelAnswer("Socket1")).toBe(true);
  expect(new Submission(submit(edit("Socket1", "client", '"Hello"', '"hello"'))).isModelAnswer("Socket1")).toBe(false);
  const own = submit({ "Extra/server.ts": "", "Extra/client.ts": "" }); // 答えのない写しの教材で
  expect(new Submission(own).isModelAnswer("Extra")).toBe(false);
  expect(new Submission(submit({ "Socket1/server.ts": "" })).isModelAnswer("Socket1")).toBe(false);
});
