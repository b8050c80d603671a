// 採点そのもののテストの道具
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as practice1 from "../lessons/Practice1.checks.ts";
import * as practice2 from "../lessons/Practice2.checks.ts";
import * as socket1 from "../lessons/Socket1.checks.ts";
import * as socket2 from "../lessons/Socket2.checks.ts";
import type { CheckOptions } from "../support/check.ts";
import { root } from "../support/target.ts";

const checks = { Socket1: socket1.checks, Socket2: socket2.checks, Practice1: practice1.checks, Practice2: practice2.checks };
export type Lesson = keyof typeof checks;

/** ファイルの名前と中身。中身が { link } なら、そこを指すリンク */
export type Files = Record<string, string | { link: string }>;

/**
 * 提出フォルダを、テストの一時フォルダに作る。
 * @returns そのパス
 */
export function submit(files: Files): string {
  const folder = mkdtempSync(join(process.env.TEST_FOLDER!, "submission-"));
  for (const [file, content] of Object.entries(files)) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    if (typeof content === "string") writeFileSync(path, content);
    else symlinkSync(content.link, path);
  }
  return folder;
}

/** このリポジトリの答え */
export const answer = (lesson: Lesson, file: "server" | "client") => readFileSync(join(root, lesson, `${file}.ts`), "utf8");

/** このリポジトリの答えの、サーバとクライアント */
export const answers = (lesson: Lesson): Files => ({ [`${lesson}/server.ts`]: answer(lesson, "server"), [`${lesson}/client.ts`]: answer(lesson, "client") });

/**
 * このリポジトリの答えの、1つのファイルを書き換えた提出。
 * @throws {Error} 書き換えるところが見つからないとき
 */
export function edit(lesson: Lesson, file: "server" | "client", from: string | RegExp, to: string): Files {
  const edited = answer(lesson, file).replace(from, to);
  if (edited === answer(lesson, file)) throw new Error(`${lesson}/${file}.ts に ${from} がありません`);
  return { ...answers(lesson), [`${lesson}/${file}.ts`]: edited };
}

/**
 * 検査を動かす。
 * @param among 動かす検査の名前に含まれる言葉。どれかがあれば動かす
 * @param options 検査の動かし方
 * @returns 落ちた検査の名前と、その言葉
 */
export async function grade(files: Files, lesson: Lesson, among: string[], options?: CheckOptions) {
  const folder = join(submit(files), lesson);
  const chosen = checks[lesson].filter(({ name }) => among.some((word) => name.includes(word)));
  const unused = among.find((word) => !checks[lesson].some(({ name }) => name.includes(word)));
  if (unused) throw new Error(`${lesson} に「${unused}」という検査はありません`);
  const failures = chosen.map(({ name, run }) =>
    run(folder, options).then(
      () => [],
      (error) => [{ name, message: String(error.message) }],
    ),
  );
  return (await Promise.all(failures)).flat();
}
