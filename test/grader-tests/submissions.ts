// 採点のテストのための提出を作り、採点する
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { failing, Grading, type GradingOptions } from "../grader/checks/grading.ts";
import { lessonNamed } from "../grader/lessons/all.ts";
import type { Report } from "../grader/report/failure.ts";
import { inFull } from "../grader/report/render.ts";
import { Submission } from "../grader/submission.ts";
import { editedSource, source, type Edit, type Side } from "../model-answers/source.ts";

/** ファイルの名前と中身。中身が { link } なら、そこを指すリンク。undefined なら、ない */
export type Files = Record<string, string | { link: string } | undefined>;

/** 検査の名前に含まれる、短い言葉 */
export const checkNames = {
  start: "PORT がなければ",
  first: "開いているうちに",
  every: "すべてに",
  once: "1回だけ",
  next: "次の",
  client: "クライアントは、",
  asks: "言葉でたずねる",
  sends: "ものだけを送る",
  shows: "そのまま",
  ends: "表示したら終わる",
  pair: "合わせると",
};

/** このリポジトリの答え */
export const modelAnswer = (lesson: string, side: Side) => source(lessonNamed(lesson), side);

/** このリポジトリの答えの、サーバとクライアント */
export const modelAnswers = (lesson: string) => ({
  [`${lesson}/server.ts`]: modelAnswer(lesson, "server"),
  [`${lesson}/client.ts`]: modelAnswer(lesson, "client"),
});

/**
 * このリポジトリの答えの、1つのファイルを書き換えた提出。
 * @throws {Error} 書き換えるところが、ちょうど1つでないとき
 */
export const edit = (lesson: string, side: Side, ...edit: Edit): Files => ({
  ...modelAnswers(lesson),
  [`${lesson}/${side}.ts`]: editedSource(lessonNamed(lesson), side, edit),
});

/** 1つのレッスンの提出を作る関数: 答え、サーバかクライアントを書き換えたもの、どちらも書き換えたもの */
export const submissionsOf = (lesson: string) => {
  const server = (...change: Edit) => edit(lesson, "server", ...change);
  const client = (...change: Edit) => edit(lesson, "client", ...change);
  /** 2つの提出の、サーバとクライアント */
  const together = (one: Files, other: Files) => {
    const file = `${lesson}/client.ts`;
    return { ...one, [file]: other[file] };
  };
  const both = (...change: Edit) => together(server(...change), client(...change));
  return { modelAnswer: (side: Side) => modelAnswer(lesson, side), server, client, together, both };
};

/**
 * 提出フォルダを、テストの一時フォルダに作る。
 * @returns そのパス
 */
export function submit(files: Files): string {
  const folder = mkdtempSync(join(process.env.TEST_FOLDER!, "submission-"));
  for (const [file, content] of Object.entries(files)) {
    if (content === undefined) continue;
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    if (typeof content === "string") writeFileSync(path, content);
    else symlinkSync(content.link, path);
  }
  return folder;
}

/** 落ちた検査 */
export type Fallen = { id: string; name: string; message: string; report: Report };

/**
 * 提出を採点する。
 * @returns 落ちた検査
 */
export async function grade(files: Files, lesson: string, among: string[], options?: Partial<GradingOptions>) {
  const folder = join(await new Submission(submit(files)).copy(), lesson);
  const sureToReply = !partsOf(lesson, among).includes("server"); // 行わない検査のために、サーバを動かさない
  const all = { seed: Number(process.env.SEED), sureToReply, ...options };
  return fallen(new Grading(lessonNamed(lesson), folder, all), among);
}

/**
 * 検査を行う。
 * @param among 行う検査の名前に含まれる言葉。どれかがあれば、その検査のある部分 (サーバなど) を、みな行う
 * @returns 落ちた検査
 */
export async function fallen(grading: Grading, among: string[]): Promise<Fallen[]> {
  const parts = partsOf(grading.lesson.name, among);
  const found = grading.lesson.checks
    .filter(({ part }) => parts.includes(part))
    .map(async (check) => {
      const failure = await failing(() => grading.run(check));
      return failure ? [{ ...check, message: inFull(failure.report).join("\n"), report: failure.report }] : [];
    });
  return (await Promise.all(found)).flat();
}

/** 名前に among のどれかが含まれる検査の部分。 @throws {Error} どの検査にもない言葉があるとき */
function partsOf(lesson: string, among: string[]) {
  const { checks } = lessonNamed(lesson);
  const unused = among.find((word) => !checks.some(({ name }) => name.includes(word)));
  if (unused) throw new Error(`${lesson} に「${unused}」という検査はありません`);
  return checks.filter(({ name }) => among.some((word) => name.includes(word))).map(({ part }) => part);
}
