// 採点の結果を、読む人の言葉だけで見せる (jest のレポーター)。jest のものは、失敗の言葉をスタックトレースとして組み直してしまう
const { basename, resolve } = require("node:path");
const { hint } = require("./submission.cjs");

const indent = (text, width) => text.replaceAll(/^(?=.)/gm, " ".repeat(width));

module.exports = class {
  /** レッスンごとの結果。同時に調べていても、終わったものからまとめて見せる */
  onTestResult(_, { testResults, testExecError, failureMessage }) {
    if (testExecError) return console.error(failureMessage);
    const checks = testResults.filter(({ status }) => status !== "pending");
    if (!checks.length) return;
    const lines = checks.map(({ status, title }) => `  ${status === "passed" ? "✓" : "✕"} ${title}`);
    console.error(`${checks[0].ancestorTitles[0]}\n${lines.join("\n")}\n`);
    const shown = new Map();
    for (const { title, failureMessages } of checks)
      for (const message of failureMessages) {
        // 同じ出力を、何度も見せない
        const at = message.indexOf("\n--- ");
        const [words, output] = at < 0 ? [message, ""] : [message.slice(0, at), message.slice(at)];
        const before = output && shown.get(output);
        if (!before) shown.set(output, title);
        console.error(`● ${title}\n\n${indent(words + (before ? `\n--- 出力は「${before}」と同じです` : output), 2)}\n`);
      }
  }

  /** 終わりに、レッスンごとの合格の数と、提出されていないレッスンと、値の再現のしかたを言う */
  onRunComplete(_, { testResults, numFailedTests }) {
    const lines = testResults.map(({ testFilePath, testResults: checks, testExecError }) => {
      const lesson = basename(testFilePath, ".test.ts");
      if (testExecError) return `${lesson}: 調べられません`;
      if (checks.every(({ status }) => status === "pending")) return `${lesson}: 提出されていません${hint(resolve(process.env.INIT_CWD ?? "", process.env.SUBMISSION ?? ""), [lesson])}`;
      return `${lesson}: ${checks.length} のうち ${checks.filter(({ status }) => status === "passed").length} に合格`;
    });
    console.error(lines.sort().join("\n"));
    if (numFailedTests) console.error(`同じ値でもう一度試すには、SEED=${process.env.SEED} を付けます`);
  }
};
