// クラス全員の採点: npm run grade:class ../submissions Practice1 Practice2 to ../results
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { csv, gradescope, progress, table, type Learner } from "./class-table.ts";
import { CallError, commandOf, learnersIn, readCall, runCommand, type Call } from "./command-line.ts";
import { names } from "./lessons/all.ts";
import { endWithParent } from "./process/end-with-parent.ts";
import { startReaper } from "./process/start-reaper.ts";
import { visible } from "./report/render.ts";
import { screen } from "./report/screen.ts";
import { grade, toJson } from "./results.ts";
import { readAll, type Handed } from "./submission.ts";

/** 1人を採点し、NAME.json と NAME.txt を書く。 @returns 結果と、採点の間に、写しのファイルが書き換えられたか */
async function gradeOne({ name, submission, unreadable }: Handed, { folder, named, seed, to, gradescope: also }: Call) {
  const lessons = submission?.lessons(named) ?? named;
  const ungraded = { lessons: [], seed, node: process.version, fault: unreadable };
  const graded = submission ? await grade(submission, lessons, seed) : { result: ungraded, touched: false };
  const { result, touched } = graded;
  const again = commandOf("grade", join(folder, name), ...lessons, "seed", seed);
  writeFileSync(join(to, `${name}.json`), toJson(result));
  writeFileSync(join(to, `${name}.txt`), screen(result, again));
  if (also) writeFileSync(join(to, `${name}.results.json`), gradescope(result));
  const model = lessons.filter((lesson) => submission?.isModelAnswer(lesson));
  return { learner: { name, result, model }, touched };
}

async function main() {
  const call = readCall("grade:class", process.argv.slice(2), process.env.INIT_CWD ?? "");
  endWithParent();
  const stopReaper = startReaper();
  const handed = readAll(call.folder, learnersIn(call), call.named);
  if (!handed.length) throw new CallError(`提出フォルダが1つもありません: ${call.folder}`);
  mkdirSync(call.to, { recursive: true });
  const before = handed.flatMap(({ name }) => [".json", ".txt", ".results.json"].map((end) => name + end));
  for (const file of before) rmSync(join(call.to, file), { force: true }); // 前の結果

  const lessons = call.named.length ? call.named : names;
  const learners = new Map<string, Learner>();
  const writeTable = () => {
    const sorted = [...learners.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const rows = table(sorted, lessons);
    writeFileSync(join(call.to, "results.csv"), csv(rows));
    return rows;
  };
  const again: Handed[] = [];
  async function gradeNext(one: Handed, others: boolean) {
    const { learner, touched } = await gradeOne(one, call);
    learners.set(learner.name, learner);
    writeTable(); // 途中でやめても、済んだ人の分までが残る
    console.error(visible(`${progress(learner, lessons)} (残り ${handed.length - learners.size})`));
    if (touched && others) again.push(one);
  }
  const queue = handed.values();
  const lane = async () => {
    for (const one of queue) await gradeNext(one, true);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  for (const one of again) await gradeNext(one, false); // 書き換えたのが、同時に動いていたほかの人かもしれない
  await stopReaper();
  for (const cells of writeTable())
    console.log(cells.map((cell) => visible(String(cell)).replaceAll(/[\t\n]/g, " ")).join("\t"));
  const command = commandOf("grade:class", call.typed, ...call.named, "to", call.to, "seed", call.seed);
  console.error(`同じ値でもう一度: ${command}`);
  process.exitCode = [...learners.values()].some(({ result }) => result.fault) ? 2 : 0;
}

runCommand(main);
