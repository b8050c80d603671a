// リポジトリがそろっていること: レッスンのリスト、型の検査が見る範囲 (学ぶ人の my/ も)、文書に書いてある数、行の幅
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { patience } from "./grader/checks/check-tools.ts";
import { slowTyping } from "./grader/checks/watch-client.ts";
import { lessons, names } from "./grader/lessons/all.ts";
import { memoryLimit } from "./grader/process/usage.ts";
import { root } from "./grader/repository-root.ts";

const sorted = [...names].sort();
const { testTimeout } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).jest;

test("リストは、server.ts のあるフォルダと同じ", () => {
  const folders = readdirSync(root).filter((name) => name !== "my" && existsSync(join(root, name, "server.ts")));
  expect(folders.sort()).toEqual(sorted);
});

test("検査の id は、レッスンの中で1つずつ", () => {
  for (const { checks } of lessons) expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});

test("採点のテストに、レッスンごとの間違った提出がある", () => {
  const files = readdirSync(join(root, "test/grader-tests/wrong"));
  expect(files.sort()).toEqual(sorted.map((name) => `${name}.test.ts`));
});

test("型の検査は、レッスンのファイルと、学ぶ人が書く my/ を見る。ブラウザと jest の名前は、そこにない", () => {
  expect(readFileSync(join(root, ".gitignore"), "utf8").split("\n")).toContain("my/");
  const folder = mkdtempSync(join(process.env.TEST_FOLDER!, "types-"));
  copyFileSync(join(root, "tsconfig.json"), join(folder, "tsconfig.json"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const foreign = ["prompt", "alert", "print", "oninput", "document", "fail", "test", "expect"];
  const files = [...names.flatMap((name) => [`${name}/client.ts`, `${name}/server.ts`]), "my/exercise.ts"];
  for (const file of files) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), foreign.map((name) => `${name};\n`).join(""));
  }
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "--pretty", "false"], { cwd: folder, encoding: "utf8" });
  const found = [...stdout.matchAll(/^(\S+)\(.*?'(\w+)'/gm)].map(([, file, name]) => `${file} ${name}`);
  expect(found.sort()).toEqual(files.flatMap((file) => foreign.map((name) => `${file} ${name}`)).sort());
});

const marks = Object.fromEntries(lessons.map(({ name, checks }) => [name, checks.length]));

test("test/README.md が言う満点は、どのレッスンでも検査の数", () => {
  const [sentence] = readFileSync(join(root, "test/README.md"), "utf8").match(/満点は、[^。]*。/)!;
  const told = [...sentence.matchAll(/((?:\w+ と )*\w+) が (\d+)/g)];
  const each = told.flatMap(([, list, mark]) => list.split(" と ").map((name) => [name, Number(mark)]));
  expect(Object.fromEntries(each)).toEqual(marks);
});

test("test/README.md が言うポートと長さと大きさは、コードの数", () => {
  const guide = readFileSync(join(root, "test/README.md"), "utf8");
  const told = (sentence: RegExp) => guide.match(sentence)?.slice(1).map(Number);
  const [common] = lessons.map(({ port }) => port);
  const other = lessons.find(({ port }) => port !== common)!;
  expect(told(new RegExp(`(\\d+) 番（${other.name} は (\\d+) 番）で待つ`))).toEqual([common, other.port]);
  expect(told(/1つのことを待つのは、プログラムが動き始めてから(\d+)秒まで/)).toEqual([patience / 1000]);
  expect(told(/初めの言葉を(\d+)秒たってから打つ/)).toEqual([slowTyping / 1000]);
  expect(told(/(\d+) GiB より多くのメモリ/)).toEqual([memoryLimit / 2 ** 30]);
  expect(told(/(\d+)秒待っても終わらないテスト/)).toEqual([testTimeout / 1000]);
});

test("test/ の行は、全角を2つと数えて、120桁まで。レッスンは、100桁まで", () => {
  const width = (line: string) => [...line].reduce((sum, char) => sum + (/[\u1100-\uffdc]/.test(char) ? 2 : 1), 0);
  const wide = (folder: string, most: number) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ts|cjs)$/.test(file))
      .flatMap((file) => readFileSync(join(root, folder, file), "utf8").split("\n").map((line) => ({ file, line })))
      .filter(({ line }) => width(line) > most);
  expect([...wide("test", 120), ...names.flatMap((name) => wide(name, 100))]).toEqual([]);
});
