// プログラムに目印を付け、それが動かしたものを、残らず終わらせる
const { spawnSync } = require("node:child_process");
const { writeFileSync } = require("node:fs");
const { isRunning, linux, processes, read } = require("./system.cjs");

/** @typedef {import("./system.cjs").Process} Process */

/**
 * 消せない目印 (Linux だけ): メモリが足りないときに選ばれやすくする値。子にも孫にも受け継がれ、環境変数を消しても、
 * 別のセッションに移っても、親を失っても変わらない。ほかでは使われない数にする
 */
const brand = "757";

/**
 * 消せない目印を付ける。動かしてすぐに呼ぶ
 * @param {number} pid
 */
function brandProcess(pid) {
  try {
    if (linux) writeFileSync(`/proc/${pid}/oom_score_adj`, brand);
  } catch {
    // もう終わったか、許されていない
  }
}

/**
 * シグナルを送る。
 * @param {number} pid
 * @param {NodeJS.Signals} name
 * @returns {boolean} もう終わったか、許されていなければ false
 */
function signal(pid, name) {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/**
 * 環境変数の目印も親もなくした (init か、利用者ごとの systemd が親になる) が、消せない目印はあるか。Linux でしか
 * 分からない。環境変数に目印のあるものは、ほかの検査のものかもしれない (採点が番号 1 なら、動かしたものの親はみな 1)
 * @param {Process} one
 * @param {Process[]} all
 */
const isStray = (one, all) =>
  !/lessons-\w+.run-/.test(one.text ?? "") &&
  (one.parent === 1 || all.find(({ pid }) => pid === one.parent)?.name === "systemd") &&
  read(`/proc/${one.pid}/oom_score_adj`).trim() === brand;

/**
 * 終わらせたものが消えるのを、少しの間待つ。待たずにまた調べるより、CPU を使わない
 * @param {Set<number>} pids
 */
function waitUntilGone(pids) {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let ms = 0; ms < 100 && [...pids].some(isRunning); ms += 2) Atomics.wait(cell, 0, 0, 2);
}

/**
 * 起動したプログラム
 * @typedef {object} Launched
 * @property {string} mark 環境変数のどれかに含まれる目印
 * @property {number} [pid] グループを作ったプロセス。もう終わっていてもよい
 * @property {number} [start] それが始まった時刻 (system.cjs の startOf)。これより前に始まったものは、終わらせない
 * @property {boolean} [gone] もう終わったと分かっている
 */

/**
 * 目印のあるもの、見つけたものの子か同じグループのもの、この間に親を失ったものを、いなくなるまで終わらせる。
 * @param {Launched[]} programs
 */
function endAll(programs) {
  if (!programs.length) return;
  if (process.platform === "win32") {
    // 終わったものの番号は、もうほかのものかもしれない
    for (const { pid, gone } of programs)
      if (pid && !gone) spawnSync("taskkill", ["/pid", String(pid), "/t", "/f"], { windowsHide: true });
    return;
  }
  const leaders = new Set(programs.map(({ pid }) => pid));
  const since = Math.min(...programs.map(({ start = 0 }) => start));
  for (;;) {
    // 止めてから数え直す。数えている間に子を作られると、目印のない子を見失う
    /** @type {Set<number>} */
    const found = new Set();
    /** @type {(one: Process, all: Process[]) => boolean} */
    const ours = (one, all) =>
      one.text !== undefined &&
      (programs.some(({ mark }) => one.text?.includes(mark)) ||
        found.has(one.parent) ||
        found.has(one.group) ||
        leaders.has(one.group) ||
        isStray(one, all));
    for (let size = -1; size !== found.size; ) {
      size = found.size;
      const all = processes(since);
      for (const one of all)
        if (!found.has(one.pid) && ours(one, all) && signal(one.pid, "SIGSTOP")) found.add(one.pid);
    }
    if (!found.size) return;
    for (const pid of found) signal(pid, "SIGKILL");
    waitUntilGone(found);
  }
}

module.exports = { brandProcess, endAll };
