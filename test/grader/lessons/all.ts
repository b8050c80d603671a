// すべてのレッスンを、リスト (names.cjs) の順に集める
import { createRequire } from "node:module";
import type { Lesson } from "../checks/lesson.ts";
import names from "./names.cjs";

const require = createRequire(import.meta.url);

/** すべてのレッスン。1つずつのファイル (Socket1.ts など) から */
export const lessons: Lesson[] = names.map((name: string) => require(`./${name}.ts`).lesson);

/** 名前のレッスン。 @throws {Error} ないとき */
export function lessonNamed(name: string): Lesson {
  const lesson = lessons.find((lesson) => lesson.name === name);
  if (!lesson) throw new Error(`${name} というレッスンは、test/grader/lessons/names.cjs にありません`);
  return lesson;
}
