// 採点そのもののテスト: 正しい提出はどう書いても通り、間違いはその名の検査でだけ落ちる
import { right } from "./right.ts";
import { grade } from "./tools.ts";
import { wrong } from "./wrong.ts";

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
