// 採点のコマンドそのもの: 終了コード、JSON、表、終わらせたあとに何も残さないこと
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { environment } from "../support/program.ts";
import { refusal, root } from "../support/target.ts";
import { answer, edit, grade, submit, type Files } from "./tools.ts";

const require = createRequire(import.meta.url);
const { processes }: { processes: () => { pid: number; parent: number; text: string }[] } = require("../support/keeper.cjs");

/** このテストの一時フォルダの中の、新しいフォルダ */
const temporary = () => mkdtempSync(join(process.env.TEST_FOLDER!, "commands-"));

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/**
 * npm のスクリプトを動かす。提出物からは、環境変数 GRADER で、そのプロセスの番号が分かる。
 * @param env 加える環境変数
 * @param npm 偽なら npm は通さず、そのスクリプトのコマンドを動かす (早い)
 * @param cwd このリポジトリか、その写し
 */
function run(env: Record<string, string>, script: string, args: string[], npm = false, cwd = root) {
  const PATH = `${join(root, "node_modules/.bin")}:${process.env.PATH}`;
  const [command, ...rest] = npm ? ["npm", "run", "--silent", script, "--"] : scripts[script].replace("exec ", "").split(" ");
  const options = { cwd, env: { ...environment(), PATH, ...env }, detached: true, stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"] };
  return spawn("sh", ["-c", 'export GRADER=$$; exec "$@"', "sh", command, ...rest, ...args], options);
}

/** 動かして、終わりまで待つ */
async function result(...args: Parameters<typeof run>) {
  const child = run(...args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, stdout, stderr };
}

test.concurrent("名指しされたレッスンがないと、その検査がみな落ちて、JSON に出る", async () => {
  const SUBMISSION = submit({ "Practice2/note.txt": "", "practice1/server.ts": "" });
  const json = join(temporary(), "result.json");
  const { code, stderr } = await result({ SUBMISSION }, "grade", ["Practice1", "--json", `--outputFile=${json}`], true);
  const { numPassedTests, numFailedTests, numTotalTests } = JSON.parse(readFileSync(json, "utf8"));
  expect({ code, numPassedTests, numTotalTests }).toEqual({ code: 1, numPassedTests: 0, numTotalTests: numFailedTests });
  expect(stderr).toContain("フォルダがありません: Practice1 (practice1 ならあります)");
  expect(stderr).toContain(`\nPractice1: ${numTotalTests} のうち 0 に合格\n`);
});

test.concurrent("このリポジトリが、レッスンの名前のあるフォルダの中にあっても、名指しされたレッスンだけを調べる", async () => {
  const copy = join(temporary(), "practice2-alice");
  for (const name of ["package.json", "test"]) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const { stderr } = await result({ SUBMISSION: submit({ "Practice2/note.txt": "" }) }, "grade", ["Practice1"], false, copy);
  expect(stderr.match(/^\w+: \d+ のうち.*$/gm)).toEqual(["Practice1: 13 のうち 0 に合格"]);
});

test.concurrent("名指ししなければ、あるものを調べ、ないものを言う。同じ出力は1回だけ見せる", async () => {
  const { code, stderr } = await result({ SUBMISSION: submit({ "Socket1/client.ts": "console.log(", "practice1/server.ts": "" }), SEED: "123" }, "grade", []);
  expect(code).toBe(1);
  expect(stderr.match(/ERROR/g)).toHaveLength(1);
  expect(stderr).toContain("--- 出力は「クライアントは、サーバに接続し、教科書のとおりのものだけを送る」と同じです");
  expect(stderr).toContain("SEED=123");
  expect(stderr).toMatch(/\nPractice1: 提出されていません \(practice1 ならあります\)\nPractice2: 提出されていません\nSocket1: 10 のうち 0 に合格\nSocket2: 提出されていません\n/);
  expect(stderr).toContain("ファイルがありません: Socket1/server.ts");
});

const one: Files = { "Practice1/client.ts": "" };
test.concurrent.each([
  ["SUBMISSION が空", "", submit(one), [], "SUBMISSION が空です"],
  ["フォルダがない", "x", "/no/such/folder", [], "提出フォルダがありません: /no/such/folder"],
  ["レッスンでない名前", "x", submit(one), ["practice1"], "practice1 というレッスンはありません"],
  ["レッスンがない", "x", submit({ "note.txt": "" }), [], "のどれもありません: "],
  ["レッスンがファイル", "x", submit({ Practice1: "" }), [], "のどれもありません"],
  ["大文字と小文字が違う", "x", submit({ "practice1/server.ts": "" }), [], "のどれもありません (practice1 ならあります): "],
  ["できる", "x", submit(one), ["Practice2"], undefined],
])("採点できるかを調べる: %s", (_, submission, folder, names, words) => {
  expect(refusal(submission, folder, names)).toEqual(words && expect.stringContaining(words));
});

test.concurrent("採点できないと、エラーの1行で終わる", async () => {
  const SUBMISSION = submit({ "alice/Practice1/server.ts": "" });
  const { code, stdout, stderr } = await result({ SUBMISSION }, "grade", ["Practice1"]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe(`エラー: 提出フォルダに Socket1, Socket2, Practice1, Practice2 のどれもありません (alice/Practice1 ならあります): ${SUBMISSION}\n`);
});

/** 提出フォルダの入ったフォルダ */
function classOf(students: Record<string, Files>) {
  const folder = temporary();
  for (const [name, files] of Object.entries(students)) renameSync(submit(files), join(folder, name));
  return folder;
}

test.concurrent("npm run grade:class は、全員を採点し、表と CSV と1人ずつの結果を書く", async () => {
  const folder = classOf({
    alice: { "Socket1/server.ts": answer("Socket1", "server"), "Socket1/client.ts": answer("Socket1", "client") },
    'bob, "ボブ"': edit("Socket1", "client", '"Hello"', '"Hallo"'),
    carol: { "Socket-1/server.ts": "" },
  });
  mkdirSync(join(folder, ".git"));
  symlinkSync("/no/such/folder", join(folder, "dave"));
  const out = join(folder, "results");
  mkdirSync(out);
  writeFileSync(join(out, "carol.results.json"), "前の結果");
  const { code, stdout, stderr } = await result({}, "grade:class", [folder, "Socket1", "--out", out, "--gradescope"], true);
  expect(code).toBe(1); // carol と dave は採点できない
  const fault = "Socket1: クライアントは、サーバに接続し、教科書のとおりのものだけを送る (「Hallo」が届きました)";
  const csv = readFileSync(join(out, "results.csv"), "utf8");
  expect(csv.split("\r\n")).toEqual([
    "\ufeffname,Socket1,Socket1 max,fault",
    "alice,10,10,",
    `"bob, ""ボブ""",8,10,${fault}`,
    expect.stringMatching(/^carol,,,".*のどれもありません.*"$|^carol,,,.*のどれもありません/),
    expect.stringContaining("dave,,,エラー: 提出フォルダがありません"),
    "",
  ]);
  expect(stdout.split("\n")).toContainEqual(`bob, "ボブ"\t8\t10\t${fault}`);
  expect(stderr).toContain("alice: Socket1 10/10 (残り ");
  expect(stderr).toContain("carol: 採点できません。 エラー: ");
  expect(readdirSync(out).sort()).toEqual(
    ["alice", 'bob, "ボブ"'].flatMap((name) => [`${name}.json`, `${name}.results.json`, `${name}.txt`]).concat("carol.txt", "dave.txt", "results.csv").sort(),
  );
  const { tests } = JSON.parse(readFileSync(join(out, 'bob, "ボブ".results.json'), "utf8"));
  expect(tests).toHaveLength(10);
  expect(tests.find(({ score }: { score: number }) => score === 0)).toMatchObject({ max_score: 1, output: expect.stringContaining("「Hallo」が届きました") });
});

test.concurrent.each([
  ["ないフォルダ", ["/no/such/folder"], "フォルダがありません: /no/such/folder"],
  ["知らない引数", [".", "--outs"], "--outs"],
  ["結果のフォルダがファイル", [".", "--out", "package.json"], "ファイルがあります"],
])("npm run grade:class は、採点できないと、エラーの1行で終わる: %s", async (_, args, words) => {
  const { code, stdout, stderr } = await result({}, "grade:class", args);
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(/^エラー: .+\n$/) });
  expect(stderr).toContain(words);
});

/**
 * 別のセッションに移ったもの、同期で動かしたもの、親を失ったもの、環境変数を消したもの、シェルのジョブを残す提出。
 * @param mark 動かしたものの目印
 * @param forever 自分は終わらないための文
 * @param last みな動いてから、最後のものがシェルで行うこと
 */
const stubborn = (mark: string, forever: string, last = "echo") => `
  const { spawn, spawnSync } = require("node:child_process");
  const env = { ...process.env, MARK: ${JSON.stringify(mark)} };
  spawn("sleep", ["1000"], { detached: true, stdio: "ignore", env });
  spawn("sleep", ["1000"], { detached: true, stdio: "ignore", env: { PATH: env.PATH, MARK: env.MARK } });
  spawnSync("sh", ["-c", "sleep 1000 & echo"], { detached: true, env, stdio: "ignore" });
  spawnSync("sh", ["-c", "env -i MARK=$MARK sleep 1000 & echo"], { env, stdio: "ignore" });
  spawn("sh", ["-c", "set -m; env -i MARK=$MARK GRADER=$GRADER sh -c '${last}; sleep 1000' & sleep 1000"], { stdio: "ignore", env });
  console.log("動いています");
  ${forever}`;

/** 目印のあるプロセスの数 */
const left = (mark: string) => processes().filter(({ text }) => text.includes(`MARK=${mark}`)).length;

test.concurrent("提出物が動かしたものは、検査が終わると、何も残らない", async () => {
  const mark = `check-${process.pid}-${Date.now()}`;
  const [{ message }] = await grade({ "Socket1/server.ts": stubborn(mark, "process.exit();") }, "Socket1", ["閉じると終わる"]);
  expect(message).toContain("動いています");
  expect(left(mark)).toBe(0);
});

test.concurrent.each([
  ["grade", "jest", "SIGTERM"],
  ["grade", "npm", "SIGHUP"],
  ["grade", "全部", "SIGINT"],
  ["grade:class", "全部", "SIGINT"],
  ["grade:class", "npm", "SIGTERM"],
] as const)("npm run %s を途中で終わらせると (%s に %s)、何も残らない", async (script, whom, signal) => {
  const mark = `${script}-${whom}-${process.pid}-${Date.now()}`;
  const forever = script === "grade" ? "for (;;);" : "setInterval(() => {}, 1000);";
  const last = `kill -s ${signal.slice(3)} -- ${whom === "全部" ? "-" : ""}$GRADER`; // 提出物が、自分を採点しているものを終わらせる
  const folder = classOf({ alice: { "Socket1/server.ts": stubborn(mark, forever, last) } });
  const TMPDIR = temporary();
  const out = join(folder, "results");
  const args = script === "grade" ? ["Socket1", "-t", "閉じると終わる"] : [folder, "Socket1", "--out", out];
  const child = run({ TMPDIR, SUBMISSION: join(folder, "alice") }, script, args, whom !== "jest");
  const closed = once(child, "close"); // 見張りも標準エラーを持っているので、片付けのあとになる
  child.stdout.resume();
  const said = text(child.stderr);
  await closed;
  expect(await said).not.toContain("合格"); // 採点し終わったのではない
  expect(left(mark)).toBe(0);
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith("lessons-"))).toEqual([]);
  if (script === "grade:class") expect(readdirSync(out)).toEqual(["results.csv"]);
});
