// クラス全員の採点: npm run grade:class -- ../submissions Practice1 Practice2 --out ../results
// 1人分は npm run grade と同じ jest で、その JSON だけを結果の元にする
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { endWithParent } from "./support/parent.ts";
import { isFile, isFolder, lessons as allLessons, root } from "./support/target.ts";

type Test = { lesson: string; title: string; status: string; message: string };
/** 1人分の結果。採点できなければ tests は空で、fault がその訳 */
type Row = { name: string; tests: Test[]; fault: string };

const at = (path: string) => resolve(process.env.INIT_CWD ?? "", path);
const stop = (message: string): never => {
  console.error(`エラー: ${message}`);
  process.exit(1);
};

/** コマンドの引数。間違っていれば、1行で言って終わる */
function readArguments(): { folder: string; named: string[]; out: string; gradescope?: boolean } {
  try {
    const { values, positionals } = parseArgs({ options: { out: { type: "string" }, gradescope: { type: "boolean" } }, allowPositionals: true });
    const [folder, ...named] = positionals;
    const unknown = named.find((name) => !allLessons.includes(name));
    if (!folder) stop("提出フォルダの入ったフォルダを指定してください");
    if (unknown) stop(`${unknown} というレッスンはありません。${allLessons.join(", ")} から選んでください`);
    if (!isFolder(at(folder))) stop(`フォルダがありません: ${at(folder)}`);
    return { folder: at(folder), named, out: at(values.out ?? "../results"), gradescope: values.gradescope };
  } catch (error) {
    return stop(`引数が正しくありません (${(error as Error).message.split("'")[1]})。使えるのは --out フォルダ と --gradescope です`);
  }
}

const { folder, named, out, gradescope } = readArguments();
const lessons = named.length ? named : allLessons;
// どこも指さないリンクも、採点できない人として表に出す
const names = readdirSync(folder).filter((name) => !name.startsWith(".") && join(folder, name) !== out && !isFile(join(folder, name)));
if (!names.length) stop(`提出フォルダが1つもありません: ${folder}`);
if (isFile(out)) stop(`結果のフォルダにするところに、ファイルがあります: ${out}`);
mkdirSync(out, { recursive: true });
for (const name of names) for (const end of [".json", ".txt", ".results.json"]) rmSync(join(out, name + end), { force: true }); // 前の結果

const running = new Set<ChildProcess>();
const rows: Row[] = [];

/**
 * 1人を採点し、NAME.json と NAME.txt を書く。
 * @returns 途中で終わらせたなら undefined
 */
async function gradeOne(name: string): Promise<Row | undefined> {
  const json = join(out, `${name}.json`);
  const args = [join(root, "test/grade.cjs"), ...named, "--runInBand", "--json", `--outputFile=${json}`];
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, SUBMISSION: join(folder, name) }, stdio: ["ignore", "ignore", "pipe"] });
  running.add(child);
  const said = (await text(child.stderr!)).replace(/^Test results written to: .*\n/m, "");
  running.delete(child);
  if (stopped) return undefined;
  writeFileSync(join(out, `${name}.txt`), said);
  if (!existsSync(json)) return { name, tests: [], fault: said.trim().split("\n").at(-1)! };

  const tests: Test[] = JSON.parse(readFileSync(json, "utf8"))
    .testResults.flatMap(({ assertionResults }: any) => assertionResults)
    .map(({ ancestorTitles, title, status, failureMessages }: any) => ({ lesson: ancestorTitles[0], title, status, message: failureMessages.join("\n") }))
    .filter(({ status }: Test) => status !== "pending") // 提出されていないもの
    .sort((a: Test, b: Test) => lessons.indexOf(a.lesson) - lessons.indexOf(b.lesson));
  if (gradescope) writeFileSync(join(out, `${name}.results.json`), JSON.stringify({ tests: tests.map(forGradescope) }, null, 2));
  const failed = tests.find(({ status }) => status === "failed");
  return { name, tests, fault: failed ? `${failed.lesson}: ${failed.title} (${seen(failed.message)})` : "" };
}

/** 落ちた検査の「実際」。プログラムが終わっていたら、そのエラーも */
function seen(message: string): string {
  const saw = message.match(/^実際: (.*)$/m)?.[1] ?? message.split("\n")[0];
  const error = message.match(/^ +(.*\bERROR: .*)$/m)?.[1] ?? message.match(/^ +(\w*Error\b.*)$/m)?.[1];
  return error ? `${saw}。${error}` : saw;
}

const forGradescope = ({ lesson, title, status, message }: Test) => ({
  name: `${lesson}: ${title}`,
  score: status === "passed" ? 1 : 0,
  max_score: 1,
  output: message,
});

/** 1つのレッスンの、点と満点。提出されていないか、採点できなければ空 */
function score({ tests }: Row, lesson: string): [points: number | "", max: number | ""] {
  const its = tests.filter((test) => test.lesson === lesson);
  return its.length ? [its.filter(({ status }) => status === "passed").length, its.length] : ["", ""];
}

/** 1人終わるごとに言うこと */
function progress(row: Row): string {
  const scores = lessons.map((lesson) => `${lesson} ${score(row, lesson).join("/").replace(/^\/$/, "-")}`);
  return [`${row.name}:`, row.tests.length ? scores.join(" ") : "採点できません。", row.fault, `(残り ${names.length - rows.length})`].filter(Boolean).join(" ");
}

/** results.csv (Excel のために、バイト順の印を付ける) と、標準出力の表を書く */
function report() {
  const header = ["name", ...lessons.flatMap((lesson) => [lesson, `${lesson} max`]), "fault"];
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  const table = [header, ...rows.map((row) => [row.name, ...lessons.flatMap((lesson) => score(row, lesson)), row.fault])];
  const quote = (cell: string | number) => (/[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell);
  writeFileSync(join(out, "results.csv"), `\ufeff${table.map((cells) => `${cells.map(quote).join(",")}\r\n`).join("")}`);
  for (const cells of table) console.log(cells.join("\t"));
}

endWithParent();
let stopped = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    if (!stopped) console.error("やめています…");
    stopped = true;
    for (const child of running) child.kill(); // 動いている提出物は、それぞれの見張り (keeper.cjs) が終わらせる
  });

const queue = names.values();
async function lane() {
  for (const name of queue) {
    if (stopped) return;
    const row = await gradeOne(name);
    if (!row) return;
    rows.push(row);
    console.error(progress(row));
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, lane));
report();
process.exitCode = stopped || rows.some(({ tests }) => !tests.length) ? 1 : 0;
