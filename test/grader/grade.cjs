// 1人の採点: npm run grade my Practice1
// jest は、名前に合うテストがないと設定も読まずに終わるので、名前と提出フォルダは先に確かめる
const { join, resolve } = require("node:path");
const { run } = require("jest");
const names = require("./lessons/names.cjs");
const { refusal } = require("./call-errors.cjs");

const { env } = process;
const from = env.INIT_CWD ?? ""; // npm を動かしたところ
const root = resolve(__dirname, "../..");

// -- なしで書いた --all などは、npm が自分のものと思って取り、環境変数で渡してくる
const { npm_config_all: all, npm_config_json: json, npm_config_outputfile: file } = env;
const taken = [all ? "--all" : "", json ? "--json" : "", file ? `--outputFile=${file}` : ""];
const args = [...process.argv.slice(2), ...taken].filter((arg) => arg !== "");
const options = args.filter((arg) => arg.startsWith("-") && arg !== "--all");
const words = args.filter((arg) => !arg.startsWith("-"));
const folder = env.SUBMISSION ?? words.shift();
const path = resolve(from, folder ?? "");

const reason = refusal(folder, path, words);
if (reason) {
  console.error(`エラー: ${reason}`);
  process.exit(1);
}
Object.assign(env, { SUBMISSION: path, NAMED: words.join(" "), REPORT_ALL: args.includes("--all") ? "1" : "" });

const chosen = words.length ? words : names;
run(
  [
    `/grade-(${chosen.join("|")})\\.test\\.ts$`, // 名前だけでは、上のフォルダの名前にも合う
    ...(options.includes("--runInBand") ? [] : ["--maxWorkers=2"]),
    ...options.map((option) => option.replace(/(?<=^--outputFile=).+/, (file) => resolve(from, file))),
    `--reporters=${join(__dirname, "jest/screen-reporter.cjs")}`,
    `--roots=${join(root, "test/grader/jest")}`,
  ],
  root,
).catch((error) => {
  console.error(`エラー: 採点そのものの間違いです: ${error.message}`);
  process.exit(2);
});
