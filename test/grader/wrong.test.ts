// 間違った提出は、その間違いの名の検査でだけ落ち、報告が間違いに導く
import { createRequire } from "node:module";
import { lessons } from "../lessons/all.ts";
import { grade, type Fallen, type Wrong } from "./submissions.ts";

const require = createRequire(import.meta.url);
const wrongOf = (lesson: string): Wrong[] => require(`./wrong/${lesson}.ts`).wrong;
const wrong = lessons.flatMap(({ name: lesson }) => wrongOf(lesson).map((one) => ({ lesson, ...one })));

/** 落ちた検査が red のとおりで、報告に says の言葉がそろっていなければ、見たものの全部を言う */
function verify(fallen: Fallen[], { red, says }: Wrong) {
  const reports = fallen.map(({ name, message }) => `● ${name}\n${message}`);
  const told = reports.join("\n\n") || "(どの検査も落ちませんでした)";
  const same = fallen.length === red.length && fallen.every(({ name }, i) => name.includes(red[i]));
  if (!same) throw new Error(`落ちるはずの検査: ${red.map((word) => `「${word}」`).join(" ")}\n落ちた検査:\n${told}`);
  const missing = says.find((words) => !told.includes(words));
  if (missing !== undefined) throw new Error(`報告に「${missing}」がありません:\n${told}`);
}

// 待っても来ないものを、長くは待たない
test.concurrent.each(wrong)("間違った提出を落とす: $lesson: $name", async (one) => {
  verify(await grade(one.files(), one.lesson, one.among, { plain: !one.tsx, patience: 4000 }), one);
});

test.each(lessons)("$name のどの検査にも、それで落ちる間違った提出がある", ({ name: lesson, checks }) => {
  const reds = wrongOf(lesson).flatMap(({ red }) => red);
  const unproved = checks.map(({ name }) => name).filter((name) => !reds.some((word) => name.includes(word)));
  expect(unproved).toEqual([]);
});
