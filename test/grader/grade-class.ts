// クラス全員の採点: npm run grade:class -- ../submissions Practice1 Practice2 --out ../results
// 1人分は npm run grade と同じものを動かし、その JSON を結果の元にする (採点できなければ、エラーの1行)
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import names from "./lessons/names.cjs";
import { isFile, isFolder } from "./files.cjs";
import { endWithParent } from "./process/end-with-parent.ts";
import { root } from "./repository-root.ts";
import { visible } from "./report/render.cjs";
import { unknownLesson } from "./call-errors.cjs";
import { gradescope, progress, resultOf, table, csv, type Result } from "./class-results.ts";

/** エラーの1行で終わる */
const stop = (message: string): never => {
  console.error(`エラー: ${message}`);
  process.exit(1);
};

/** コマンドの引数。間違っていれば、1行で言って終わる */
function readArguments() {
  const at = (path: string) => resolve(process.env.INIT_CWD ?? "", path);
  try {
    const options = { out: { type: "string" }, gradescope: { type: "boolean" } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [folder, ...named] = positionals;
    const wrong = unknownLesson(named);
    if (!folder) stop("提出フォルダの入ったフォルダを指定してください");
    if (wrong) stop(wrong);
    if (!isFolder(at(folder))) stop(`フォルダがありません: ${at(folder)}`);
    return { folder: at(folder), named, out: at(values.out ?? "../results"), forGradescope: values.gradescope };
  } catch (error) {
    const wrong = (error as Error).message.split("'")[1];
    return stop(`引数が正しくありません (${wrong})。使えるのは --out フォルダ と --gradescope です`);
  }
}

if (process.platform === "win32") stop("クラスの採点は、macOS か Linux か WSL で動かしてください");
const { folder, named, out, forGradescope } = readArguments();
const lessons: string[] = named.length ? named : names;
// どこも指さないリンクも、採点できない人として表に出す
const learners = readdirSync(folder).filter(
  (name) => !name.startsWith(".") && join(folder, name) !== out && !isFile(join(folder, name)),
);
if (!learners.length) stop(`提出フォルダが1つもありません: ${folder}`);
if (isFile(out)) stop(`結果のフォルダにするところに、ファイルがあります: ${out}`);
mkdirSync(out, { recursive: true });
for (const name of learners)
  for (const end of [".json", ".txt", ".results.json"]) rmSync(join(out, name + end), { force: true }); // 前の結果

const running = new Set<ChildProcess>();

/**
 * 1人を採点し、NAME.json と NAME.txt を書く。
 * @returns 途中で終わらせたなら undefined
 */
async function gradeOne(name: string): Promise<Result | undefined> {
  const json = join(out, `${name}.json`);
  const args = [join(root, "test/grader/grade.cjs"), ...named, "--runInBand", "--json", `--outputFile=${json}`];
  // npm の終わりは、こちらで見る
  const env = { ...process.env, SUBMISSION: join(folder, name), npm_lifecycle_event: undefined };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "ignore", "pipe"] });
  running.add(child);
  const said = (await text(child.stderr!)).replace(/^Test results written to: .*\n/m, "");
  running.delete(child);
  if (stopped) return undefined;
  writeFileSync(join(out, `${name}.txt`), said);
  const result = existsSync(json)
    ? resultOf(name, JSON.parse(readFileSync(json, "utf8")), lessons)
    : { name, checks: [], fault: said.trim().split("\n").at(-1)! };
  if (forGradescope) writeFileSync(join(out, `${name}.results.json`), gradescope(result));
  return result;
}

endWithParent();
let stopped = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    if (!stopped) console.error("やめています…");
    stopped = true;
    for (const child of running) child.kill(); // 動いている提出物は、それぞれの reaper.cjs が終わらせる
  });

const results: Result[] = [];
const queue = learners.values();
async function lane() {
  for (const name of queue) {
    if (stopped) return;
    const result = await gradeOne(name);
    if (!result) return;
    results.push(result);
    console.error(visible(`${progress(result, lessons)} (残り ${learners.length - results.length})`));
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, lane));

results.sort((a, b) => (a.name < b.name ? -1 : 1));
const rows = table(results, lessons);
writeFileSync(join(out, "results.csv"), csv(rows));
for (const cells of rows) console.log(cells.map((cell) => visible(String(cell)).replaceAll(/[\t\n]/g, " ")).join("\t"));
process.exitCode = stopped || results.some(({ checks }) => !checks.length) ? 1 : 0;
