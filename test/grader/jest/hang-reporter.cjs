// npm test のレポーター: いつまでも終わらないテストがあれば、すぐにその名を言って、全体をやめる。
// jest は、1つのファイルが終わるまで何も言わず、待ったまま動かないテストは、そのままにする
const { relative } = require("node:path");

/** jest が、限度 (package.json の testTimeout) まで待ったテストに言う言葉 */
const timedOut = /Exceeded timeout of/;

/** 同期の待ちに jest の限度は効かない。1つのファイルで、これだけの間何も起きなければ、やめる (ms) */
const patience = 160_000;

module.exports = class {
  /** @type {Map<string, { name: string, timer: NodeJS.Timeout }>} */
  running = new Map();
  /** そのファイルの、もう赤いテスト。やめると、jest は見せてくれない @type {Map<string, string[]>} */
  failed = new Map();

  /**
   * @param {string} path テストのファイル
   * @param {string} name テストの名前
   * @param {string} why
   */
  stop(path, name, why) {
    for (const message of this.failed.get(path) ?? []) console.error(`\n${message}`);
    console.error(`\n● 終わらないテスト: ${relative(process.cwd(), path)}\n\n  ${name}\n\n${why}\n`);
    process.kill(process.pid, "SIGTERM"); // 残りは reaper.cjs が終わらせる
  }

  /**
   * @param {string} path テストのファイル
   * @param {string} name 今のテスト
   */
  begins(path, name) {
    if (process.env.SUBMISSION) return; // 提出物の採点では、長くかかっても待つ
    clearTimeout(this.running.get(path)?.timer);
    const timer = setTimeout(() => this.stop(path, name, `${patience / 1000} 秒の間、何も起きません`), patience);
    this.running.set(path, { name, timer: timer.unref() });
  }

  /** @param {{ path: string }} file */
  onTestFileStart({ path }) {
    this.begins(path, "(ファイルの読み込み)");
  }

  /**
   * @param {{ path: string }} file
   * @param {{ fullName: string }} test
   */
  onTestCaseStart({ path }, { fullName }) {
    this.begins(path, fullName);
  }

  /**
   * @param {{ path: string }} file
   * @param {{ fullName: string, failureMessages: string[] }} result
   */
  onTestCaseResult({ path }, { fullName, failureMessages }) {
    const message = failureMessages.find((text) => timedOut.test(text));
    const place = message?.match(/[^\s(]*\.test\.ts:\d+/)?.[0] ?? "";
    if (message) this.stop(path, fullName, `限度まで待っても終わりません ${relative(process.cwd(), place)}`);
    const reds = failureMessages.map((text) => `● ${fullName}\n\n${text}`);
    this.failed.set(path, [...(this.failed.get(path) ?? []), ...reds]);
  }

  /** @param {{ path: string }} file */
  onTestFileResult({ path }) {
    clearTimeout(this.running.get(path)?.timer);
    this.running.delete(path);
    this.failed.delete(path);
  }
};
