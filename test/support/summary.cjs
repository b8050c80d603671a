// 採点の終わりに、レッスンごとの合格の数と、提出されていないレッスンを言う (jest のレポーター)
const { basename } = require("node:path");

module.exports = class {
  onRunComplete(_, { testResults }) {
    for (const { testFilePath, testResults: checks, testExecError } of testResults.toSorted((a, b) => (a.testFilePath < b.testFilePath ? -1 : 1))) {
      const lesson = basename(testFilePath, ".test.ts");
      const passed = checks.filter(({ status }) => status === "passed").length;
      const absent = checks.every(({ status }) => status === "pending") && !testExecError;
      console.error(absent ? `${lesson}: 提出されていません` : `${lesson}: ${checks.length} のうち ${passed} に合格`);
    }
  }
};
