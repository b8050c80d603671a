// 1人の採点: SUBMISSION=../submissions/alice npm run grade -- Practice1
// jest は、名前に合うテストがないと設定も読まずに終わるので、名前と提出フォルダは先に確かめる
const { join, resolve } = require("node:path");
const { run } = require("jest");
const { refusal } = require("./support/submission.cjs");

const { SUBMISSION, INIT_CWD = "" } = process.env;
const args = process.argv.slice(2);
const option = args.findIndex((arg) => arg.startsWith("-"));
const names = option < 0 ? args : args.slice(0, option);
const root = resolve(__dirname, "..");
const reason = refusal(SUBMISSION, SUBMISSION ? resolve(INIT_CWD, SUBMISSION) : root, names);
if (reason) {
  console.error(`エラー: ${reason}`);
  process.exit(1);
}
process.env.NAMED = names.join(" ");
const workers = args.includes("--runInBand") ? [] : ["--maxWorkers", "2"];
// 名前だけでは、上のフォルダの名前にも合う
const tests = names.map((name) => `/lessons/${name}\\.test\\.ts$`);
const options = option < 0 ? [] : args.slice(option);
run([...tests, ...workers, ...options, "--reporters", join(__dirname, "support/reporter.cjs"), "--roots", join(__dirname, "lessons")], root);
