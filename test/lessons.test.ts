// レッスンのリスト (test/lessons/names.cjs) が、フォルダとも、検査とも、型の検査とも、文書とも合っていること
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { lessons } from "./lessons/all.ts";
import names from "./lessons/names.cjs";
import { root } from "./support/root.ts";

const sorted = [...names].sort();

test("リストは、server.ts のあるフォルダと同じ", () => {
  const folders = readdirSync(root).filter((name) => name !== "my" && existsSync(join(root, name, "server.ts")));
  expect(folders.sort()).toEqual(sorted);
});

test("リストは、test/lessons の検査のファイルと同じ", () => {
  const tests = readdirSync(join(root, "test/lessons")).flatMap((file) => file.match(/^(\w+)\.test\.ts$/)?.[1] ?? []);
  expect(tests.sort()).toEqual(sorted);
  expect(lessons.map(({ name }) => name)).toEqual(names); // ファイルの中の名前も
});

test("採点のテストに、レッスンごとの間違った提出がある", () => {
  const files = readdirSync(join(root, "test/grader/wrong"));
  expect(files.sort()).toEqual(sorted.map((name) => `${name}.ts`));
});

test("型の検査は、レッスンのファイルをみな見る", () => {
  const bin = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const files = execFileSync(process.execPath, [bin, "--listFilesOnly"], { cwd: root, encoding: "utf8" }).split(/\r?\n/);
  const wanted = names.flatMap((name) => ["server.ts", "client.ts"].map((file) => join(root, name, file)));
  expect(files).toEqual(expect.arrayContaining(wanted));
});

test.each(["README.md", "test/README.md"])("%s が言う満点は、検査の数", (document) => {
  const marks = Object.fromEntries(lessons.map(({ name, checks }) => [name, checks.length]));
  for (const [sentence] of readFileSync(join(root, document), "utf8").matchAll(/満点は[^。\n]*。/g))
    for (const [, list, mark] of sentence.matchAll(/((?:\w+ と )*\w+) が (\d+)/g))
      for (const name of list.split(" と ")) expect([name, Number(mark)]).toEqual([name, marks[name]]);
});
