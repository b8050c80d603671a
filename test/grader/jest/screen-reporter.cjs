// 採点の結果を、読む人の言葉だけで見せる (jest のレポーター)。
// jest のふつうのレポーターは、失敗の言葉をスタックトレースとして組み直してしまう
const { basename } = require("node:path");
const { lookalike } = require("../files.cjs");
const names = require("../lessons/names.cjs");
const { inBrief, inFull, visible } = require("../report/render.cjs");

/** @typedef {import("@jest/reporters").AggregatedResult} AggregatedResult */
/** @typedef {import("@jest/reporters").TestResult} TestResult */
/** @typedef {TestResult["testResults"][number]} Check */
/** @typedef {import("../report/failure.ts").Report} Report */

/**
 * 落ちた検査の報告。採点そのものの間違いで落ちたなら、undefined
 * @param {Check} check
 * @returns {Report | undefined}
 */
const reportOf = ({ failureDetails }) => /** @type {any} */ (failureDetails[0])?.report;

/** 採点そのものの間違いで落ちた検査に、先に言うこと */
const ours = "採点そのものの間違いで、調べられませんでした。提出されたもののせいではありません:";

/**
 * 全部を見せる検査: サーバ、クライアント、合わせる検査の、初めに落ちたもの
 * @param {Check[]} failed
 */
function firsts(failed) {
  if (process.env.REPORT_ALL) return failed;
  const parts = new Set();
  return failed.filter((check) => {
    const report = reportOf(check);
    if (!report) return true;
    if (report.untried || parts.has(report.part)) return false;
    parts.add(report.part);
    return true;
  });
}

/**
 * 同じ標準エラーは1回だけにする。
 * @param {Report} report
 * @param {Set<string>} shown すでに見せたもの
 */
function shortened(report, shown) {
  const outputs = report.outputs.map((output) => {
    const seen = output.stderr.trim() && shown.has(output.stderr);
    shown.add(output.stderr);
    return seen ? { ...output, stderr: "(上と同じ)" } : output;
  });
  return { ...report, outputs };
}

/**
 * 1つのレッスンの結果: 検査の表と、落ちたものの報告
 * @param {Check[]} checks
 */
function lessonLines(checks) {
  const failed = checks.filter(({ status }) => status === "failed");
  const told = firsts(failed);
  const lines = [checks[0].ancestorTitles[0]];
  for (const check of checks) {
    const report = reportOf(check);
    const brief = report && !told.includes(check) ? `: ${inBrief(report)}` : "";
    const mark = check.status === "passed" ? "✓" : report?.untried ? "－" : "✕";
    lines.push(`  ${mark} ${check.title}${told.includes(check) ? " (下の ● を見てください)" : brief}`);
  }
  /** @type {Set<string>} */
  const shown = new Set();
  for (const check of told) {
    const report = reportOf(check);
    const words = report ? inFull(shortened(report, shown)) : [ours, ...check.failureMessages.map(visible)];
    lines.push("", `● ${check.title}`, ...words.join("\n").split("\n").map((line) => `  ${line}`.trimEnd()));
  }
  return lines;
}

/** @param {{ testFilePath: string }} result */
const lessonOf = ({ testFilePath }) => basename(testFilePath, ".test.ts").replace("grade-", "");

/**
 * レッスンのまとめの1行
 * @param {TestResult} result
 */
function summary(result) {
  const { testResults: checks, testExecError } = result;
  const lesson = lessonOf(result);
  if (testExecError) return `${lesson}: 調べられません`;
  if (checks.every(({ status }) => status === "pending"))
    return `${lesson}: 提出されていません${lookalike(process.env.SUBMISSION ?? "", [lesson])}`;
  return `${lesson}: ${checks.length} のうち ${checks.filter(({ status }) => status === "passed").length} に合格`;
}

module.exports = class {
  /** jest が端末に書いたままにする「Determining test suites to run...」を消す */
  onRunStart() {
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  }

  /** まだ見せていないレッスンと、その結果 */
  waiting = process.env.NAMED ? [...new Set(process.env.NAMED.split(" "))] : [...names];
  /** @type {Map<string, TestResult>} */
  done = new Map();

  /**
   * 終わったものを、レッスンの順に見せる
   * @param {unknown} _
   * @param {TestResult} result
   */
  onTestResult(_, result) {
    this.done.set(lessonOf(result), result);
    for (let next; (next = this.done.get(this.waiting[0])); this.waiting.shift()) {
      const checks = next.testResults.filter(({ status }) => status !== "pending");
      if (next.testExecError) console.error(`${ours}\n${next.failureMessage}\n`);
      else if (checks.length) console.error(`${lessonLines(checks).join("\n")}\n`);
    }
  }

  /**
   * 終わりに、レッスンごとの合格の数と、提出されていないレッスンと、値の再現のしかたを言う
   * @param {unknown} _
   * @param {AggregatedResult} results
   */
  onRunComplete(_, { testResults, numFailedTests }) {
    console.error(testResults.map(summary).sort().join("\n"));
    if (numFailedTests) console.error(`同じ値でもう一度試すには、環境変数 SEED を ${process.env.SEED} にします`);
  }
};
