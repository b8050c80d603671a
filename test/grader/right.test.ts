// 正しい提出は、どう書いても通る
import { right } from "./right.ts";
import { grade } from "./submissions.ts";

// いくつかを同時に動かす (maxConcurrency)
test.concurrent.each(right)("正しい提出を通す: $name", async ({ files, lesson, among, plain }) => {
  expect(await grade(files(), lesson, among, { plain })).toEqual([]);
});
