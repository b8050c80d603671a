// 採点そのもののテスト: 正しい提出はどう書いても通り、間違いはその名の検査でだけ落ちる
import { Values } from "../support/check.ts";
import { right } from "./right.ts";
import { grade } from "./tools.ts";
import { wrong } from "./wrong.ts";

test("検査に使う値は、SEED と検査の名前で決まる", () => {
  const seed = process.env.SEED;
  const value = (seed: string, name: string) => {
    process.env.SEED = seed;
    return new Values(name).integer(0, 1e9);
  };
  const values = [value("1", "甲"), value("2", "甲"), value("1", "乙")];
  expect(new Set(values).size).toBe(3);
  expect(value("1", "甲")).toBe(values[0]);
  process.env.SEED = seed;
});

// いくつかを同時に動かす。止まった提出を待つ間も、ほかを調べられる (maxConcurrency)
test.concurrent.each(right)("正しい提出を通す: $name", async ({ files, lesson, among, commonjs }) => {
  expect(await grade(files, lesson, among, { commonjs })).toEqual([]);
});

test.concurrent.each(wrong)("間違った提出を落とす: $name", async ({ files, lesson, among, red, says }) => {
  const failures = await grade(files, lesson, among, { commonjs: true, patience: 4000 }); // 待っても来ないものを、長くは待たない
  expect(failures.map(({ name }) => name)).toEqual(red.map((word) => expect.stringContaining(word)));
  const message = failures.map(({ message }) => message).join("\n");
  for (const words of says) expect(message).toContain(words);
});
