// プロセスのことを、システムから知る。Linux は /proc、macOS は ps から。Windows では、ほとんど分からない
const { spawnSync } = require("node:child_process");
const { closeSync, existsSync, openSync, readdirSync, readSync } = require("node:fs");

/**
 * @typedef {object} Process
 * @property {number} pid
 * @property {number} parent 親の番号
 * @property {number} group グループの番号
 * @property {string} [name] コマンドの名前 (Linux だけ)
 * @property {string} [text] 環境変数 (とコマンド)。since より前に始まったものでは調べない
 */

const linux = existsSync("/proc/self/environ");

const buffer = Buffer.alloc(64 * 1024);

/**
 * /proc のファイルの中身。何百も読むので、readFileSync のように、読むたびに 64 KiB を用意しない
 * @param {string} path
 * @returns {string} 読めなければ (もう終わった、ほかの人のもの) 空
 */
function read(path) {
  let text = "";
  try {
    const file = openSync(path, "r");
    try {
      for (let size; (size = readSync(file, buffer)); ) text += buffer.toString("latin1", 0, size);
    } finally {
      closeSync(file);
    }
  } catch {
    // 読めたところまで
  }
  return text;
}

/** 状態 (Z は、終わって片付けを待つだけのもの)、親、グループ、起動から始まるまでの時間 (1/100 秒) */
const statLine = /\((.*)\) (\w) (\d+) (\d+)(?: \S+){16} (\d+)/s;

/**
 * 始まった時刻
 * @param {number} pid
 * @returns {number} 起動から (1/100 秒)。Linux でなければ 0
 */
const startOf = (pid) => Number((linux && read(`/proc/${pid}/stat`).match(statLine)?.[5]) || 0);

/**
 * 今あるプロセス。自分と、終わって片付けを待つだけのものは除く。Windows では調べない
 * @param {number} [since] これより前に始まったものの環境変数は、調べない
 * @returns {Process[]}
 */
function processes(since = 0) {
  if (process.platform === "win32") return [];
  if (linux) {
    const others = readdirSync("/proc").map(Number).filter((pid) => pid && pid !== process.pid);
    return others.flatMap((pid) => {
      const [, name, state, parent, group, start] = read(`/proc/${pid}/stat`).match(statLine) ?? [];
      if (!parent || state === "Z") return [];
      const environ = () => Buffer.from(read(`/proc/${pid}/environ`), "latin1").toString();
      const text = Number(start) < since ? undefined : environ();
      return [{ pid, parent: Number(parent), group: Number(group), name, text }];
    });
  }
  const args = ["-axEww", "-o", "pid=,ppid=,pgid=,stat=,command="];
  const { stdout } = spawnSync("ps", args, { encoding: "utf8", maxBuffer: 1e8 });
  const lines = stdout.matchAll(/^ *(\d+) +(\d+) +(\d+) +[^Z]\S* +(.*)$/gm);
  return [...lines]
    .map(([, pid, parent, group, text]) => ({ pid: Number(pid), parent: Number(parent), group: Number(group), text }))
    .filter(({ pid }) => pid !== process.pid);
}

/**
 * まだ終わっていないか (終わって片付けを待つだけのものは、終わったもの)
 * @param {number} pid
 * @returns {boolean} Linux でなければ false
 */
const isRunning = (pid) => linux && /\) [^ZX]/.test(read(`/proc/${pid}/stat`));

/**
 * 親の番号
 * @param {number} pid
 * @returns {number} 分からなければ 0 (Windows)
 */
const parentOf = (pid) => processes().find((one) => one.pid === pid)?.parent ?? 0;

/**
 * プロセスのスレッドの、/proc の中のフォルダ
 * @param {number} pid
 */
function threads(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`);
  } catch {
    return [];
  }
}

/**
 * プロセスと子孫の番号
 * @param {number} pid
 * @returns {number[]} Linux でなければ、そのプロセスだけ
 */
function tree(pid) {
  const children = (linux ? threads(pid) : []).flatMap((thread) => read(`${thread}/children`).split(" "));
  return [pid, ...children.filter(Boolean).map(Number).flatMap(tree)];
}

/**
 * プロセスと子孫のスレッドのそれぞれが、使った CPU と、CPU が空くのを待っていた時間
 * @param {number[]} pids
 * @returns {{ thread: string, ran: number, delayed: number }[]} ms。Linux でなければ、空
 */
function threadTimes(pids) {
  if (!linux) return [];
  return pids.flatMap(threads).map((thread) => {
    const [ran, delayed] = read(`${thread}/schedstat`).split(" ").map((ns) => (Number(ns) || 0) / 1e6);
    return { thread, ran, delayed: delayed ?? 0 };
  });
}

/** CPU が空くのを待っていた時間が分かるか */
const knowsDelays = threadTimes([process.pid]).some(({ delayed }) => delayed > 0);

/**
 * プロセスが使っているメモリの合計
 * @param {number[]} pids
 * @returns {number} バイト。Windows では 0
 */
function memory(pids) {
  const page = 4096;
  const used = (/** @type {number} */ one) => Number(read(`/proc/${one}/statm`).split(" ")[1] ?? 0) * page;
  if (linux) return pids.reduce((sum, one) => sum + used(one), 0);
  if (process.platform === "win32") return 0;
  return Number(spawnSync("ps", ["-o", "rss=", "-p", String(pids)], { encoding: "utf8" }).stdout ?? 0) * 1024;
}

module.exports = { isRunning, knowsDelays, linux, memory, parentOf, processes, read, startOf, threadTimes, tree };
