// wrong/ の間違った提出が、その間違いの検査でだけ落ち、報告が間違いに導くこと。
// どの検査にも、それで落ちる提出があること (screens.test.ts の画面も数える)
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { lessonNamed } from "../grader/lessons/all.ts";
import { gradingOf, type Functions } from "./function-programs.ts";
import { fallen, grade, type Fallen, type Files } from "./submissions.ts";

/** 間違いが1つだけある提出か、関数 */
type Wrong = Functions & {
  name: string;
  /** 提出されたもの。テストのときに初めて作る。なければ、提出の代わりの関数 */
  files?: () => Files;
  /** 落ちるはずの検査の名前に含まれる言葉。順に。同じ部分 (サーバなど) の、ほかの検査は合格する */
  red: string[];
  /** 落ちた検査の報告に含まれるはずの言葉 */
  says: string[];
  /** 型を先に取ることができないので、tsx で動かす */
  tsx?: true;
  /** クライアントを、みなの筋書きで動かす。なければ、1つ目だけ */
  allScripts?: true;
};

/** 落ちた検査が red のとおりで、報告に says の言葉がそろっていなければ、見たものの全部を言う */
function verify(fallen: Fallen[], { red, says }: Wrong) {
  const reports = fallen.map(({ name, message }) => `● ${name}\n${message}\n`);
  const told = reports.join("\n") || "(どの検査も落ちませんでした)";
  const tried = fallen.filter(({ report }) => !report?.untried);
  const same = tried.length === red.length && tried.every(({ name }, i) => name.includes(red[i]));
  if (!same) throw new Error(`落ちるはずの検査: ${red.map((word) => `「${word}」`).join(" ")}\n落ちた検査:\n${told}`);
  const missing = says.find((words) => !told.includes(words));
  if (missing !== undefined) throw new Error(`報告に「${missing}」がありません:\n${told}`);
}

/**
 * レッスンの間違った提出を採点する。どの検査にも、それで落ちるものがあること
 * @param lesson レッスンの名前
 */
export function testWrong(lesson: string, wrong: Wrong[]) {
  // 待っても来ないものを、長くは待たない
  test.concurrent.each(wrong)(`間違った提出を落とす: ${lesson}: $name`, async (one) => {
    const options = { plain: !one.tsx, limit: 4000, script: one.allScripts ? undefined : 0 };
    const { files, red } = one;
    verify(await (files ? grade(files(), lesson, red, options) : fallen(gradingOf(lesson, one), red)), one);
  });

  test(`${lesson} のどの検査にも、ここか画面のテストに、それで落ちる間違った提出がある`, () => {
    const screens = readFileSync(join(import.meta.dirname, "__snapshots__/screens.test.ts.snap"), "utf8");
    const its = screens.split(/\n(?=\w+\n {2}[✓✕－])/).filter((screen) => screen.startsWith(lesson));
    const shown = its.flatMap((screen) => screen.match(/(?<=^ {2}✕ ).*/gm) ?? []);
    const reds = wrong.flatMap(({ red }) => red);
    const names = lessonNamed(lesson).checks.map(({ name }) => name);
    const found = (word: string) => [word, names.filter((name) => name.includes(word)).length];
    expect(reds.map(found)).toEqual(reds.map((word) => [word, 1])); // 1つの検査だけの言葉
    const red = (name: string) => reds.some((word) => name.includes(word)) || shown.some((one) => one.startsWith(name));
    expect(names.filter((name) => !red(name))).toEqual([]);
  });
}
