// すべてのレッスン。教科書の本文の2つと、演習の2つ。ほかのリストは、ここから作るか、ここと比べる (repository.test.ts)
import type { Lesson } from "../checks/lesson.ts";
import { lesson as Practice1 } from "./Practice1.ts";
import { lesson as Practice2 } from "./Practice2.ts";
import { lesson as Socket1 } from "./Socket1.ts";
import { lesson as Socket2 } from "./Socket2.ts";

export const lessons: Lesson[] = [Socket1, Socket2, Practice1, Practice2];

export const names = lessons.map(({ name }) => name);

/** 名前のレッスン。 @throws {Error} ないとき */
export function lessonNamed(name: string): Lesson {
  const lesson = lessons.find((lesson) => lesson.name === name);
  if (!lesson) throw new Error(`${name} というレッスンは、test/grader/lessons/all.ts にありません`);
  return lesson;
}
