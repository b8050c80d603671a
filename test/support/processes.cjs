// プロセスを調べ、終わらせる。Linux は /proc、macOS は ps、Windows は taskkill を使う
const { spawnSync } = require("node:child_process");
const { closeSync, existsSync, openSync, readdirSync, readSync, writeFileSync } = require("node:fs");

/**
 * @typedef {object} Process
 * @property {number} pid
 * @property {number} parent 親の番号
 * @property {number} group グループの番号
 * @property {string} text 環境変数 (とコマンド)
 */

const linux = existsSync("/proc/self/environ");

const buffer = Buffer.alloc(64 * 1024);

/**
 * 消せない目印 (Linux だけ): メモリが足りないときに選ばれやすくする値。子にも孫にも受け継がれ、環境変数を消しても、
 * 別のセッションに移っても、親を失っても変わらない。ほかでは使われない数にする
 */
const brand = "757";

/**
 * /proc のファイルの中身。読めなければ (もう終わった、ほかの人のもの) 空。
 * 1回の片付けで何百も読むので、readFileSync のように、読むたびに 64 KiB を用意しない
 * @param {string} path
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

/**
 * 消せない目印を付ける。動かしてすぐに呼ぶ
 * @param {number} pid
 */
function mark(pid) {
  try {
    if (linux) writeFileSync(`/proc/${pid}/oom_score_adj`, brand);
  } catch {
    // もう終わったか、許されていない
  }
}

/** プロセスとスレッドに付けられる番号の数 (Linux だけ) */
const numbers = Number(read("/proc/sys/kernel/pid_max"));

/** これまでに作られたプロセスとスレッドの数。Linux でしか分からない */
const made = () => Number(read("/proc/stat").match(/^processes (\d+)$/m)?.[1]);

/**
 * 動かしたプログラム。もう終わっていてもよい
 * @typedef {object} Begun
 * @property {number} pid グループも作っている
 * @property {number} started 始まった時刻 (起動からの 1/100 秒)
 * @property {number} made そのときまでに作られたプロセスとスレッドの数
 */

/**
 * 動かしたばかりのプログラムのことを、endAll のために覚える (Linux でなければ、番号だけ)
 * @param {number} pid
 * @returns {Begun}
 */
function begun(pid) {
  const started = Number(read(`/proc/${pid}/stat`).replace(/^.*\) /s, "").split(" ")[19] ?? 0);
  return { pid, started, made: made() };
}

/**
 * プログラムより後に始まったものの番号は、プログラムの番号より大きいか。番号が一回りすると、小さいものもある
 * @param {Begun} program
 */
function inOrder(program) {
  const last = Number(read("/proc/loadavg").split(" ")[4]);
  return last >= program.pid && made() - program.made < numbers - 1000;
}

/**
 * 今あるプロセス。終わって片付けを待つだけのもの (Z) は除く。Windows では調べない
 * @param {Begun} [program] Linux では、これより前に始まったものを除く
 * @param {boolean} [all] 真なら、番号が小さくても調べる (遅い)
 * @returns {Process[]}
 */
function processes(program = { pid: 0, started: 0, made: 0 }, all = true) {
  if (process.platform === "win32") return [];
  if (linux) {
    const from = !all && inOrder(program) ? program.pid : 1;
    return readdirSync("/proc").map(Number).filter((pid) => pid >= from).flatMap((pid) => {
      const [state, parent, group, ...rest] = read(`/proc/${pid}/stat`).replace(/^.*\) /s, "").split(" ");
      const started = Number(rest[16]);
      if (!parent || state === "Z" || started < program.started) return [];
      const text = Buffer.from(read(`/proc/${pid}/environ`), "latin1").toString();
      return [{ pid, parent: Number(parent), group: Number(group), text }];
    });
  }
  const args = ["-axEww", "-o", "pid=,ppid=,pgid=,stat=,command="];
  const { stdout } = spawnSync("ps", args, { encoding: "utf8", maxBuffer: 1e8 });
  const lines = stdout.matchAll(/^ *(\d+) +(\d+) +(\d+) +[^Z]\S* +(.*)$/gm);
  return [...lines].map(([, pid, parent, group, text]) => {
    return { pid: Number(pid), parent: Number(parent), group: Number(group), text };
  });
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
 * 親がいなくなったか (init か、利用者ごとの systemd が親になる)
 * @param {Process} process
 */
const isOrphan = ({ parent }) => parent === 1 || read(`/proc/${parent}/comm`) === "systemd\n";

/**
 * 環境変数の目印も親もなくしたが、消せない目印はあるか。Linux でしか分からない。環境変数に目印のあるものは、
 * ほかの検査のものかもしれない (採点が番号 1 のプロセスなら、動かしたものの親はみな 1)
 * @param {Process} process
 */
const isStray = (process) =>
  !/lessons-\w+.run-/.test(process.text) &&
  isOrphan(process) &&
  read(`/proc/${process.pid}/oom_score_adj`).trim() === brand;

/**
 * プログラムが動かしたものを、子孫も、別のセッションのものも、残らず終わらせる。
 * @param {Begun & { mark: string }} program mark は、環境変数のどれかに含まれる目印
 */
function endAll(program) {
  const { mark, pid: leader } = program;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(leader), "/t", "/f"], { windowsHide: true });
    return;
  }
  // 番号の順は、信じきれない (番号を進めるだけの失敗もある)。残っていないと言う前に、みな調べる
  for (let all = false; ; ) {
    // 止めてから数え直す。数えている間に子を作られると、目印のない子を見失う
    /** @type {Set<number>} */
    const found = new Set();
    /** @param {Process} one 目印があるか、見つけたものの子か、同じグループのものか、この検査の間に親を失ったもの */
    const ours = (one) =>
      one.text.includes(mark) ||
      found.has(one.parent) ||
      found.has(one.group) ||
      one.group === leader ||
      isStray(one);
    for (let size = -1; size !== found.size; ) {
      size = found.size;
      for (const one of processes(program, all)) {
        const { pid } = one;
        if (pid !== process.pid && !found.has(pid) && ours(one) && signal(pid, "SIGSTOP")) found.add(pid);
      }
    }
    if (!found.size && all) return;
    all = !found.size;
    for (const pid of found) signal(pid, "SIGKILL");
  }
}

/**
 * プロセスと子孫の番号 (Linux だけ。ほかでは、そのプロセスだけ)
 * @param {number} pid
 * @returns {number[]}
 */
function tree(pid) {
  const threads = linux ? tasks(pid) : [];
  const children = threads.flatMap((task) => read(`${task}/children`).split(" ").filter(Boolean).map(Number));
  return [pid, ...children.flatMap(tree)];
}

/**
 * プロセスのスレッドの、/proc の中のフォルダ
 * @param {number} pid
 */
function tasks(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}`);
  } catch {
    return [];
  }
}

/**
 * プロセスと子孫のスレッドのそれぞれが、CPU が空くのを待っていた時間 (ms)。Linux でしか分からない
 * @param {number} pid
 * @returns {[thread: string, ms: number][]}
 */
function delays(pid) {
  if (!linux) return [];
  return tree(pid).flatMap(tasks).map((task) => [task, Number(read(`${task}/schedstat`).split(" ")[1] ?? 0) / 1e6]);
}

/**
 * プロセスと子孫が使っているメモリ (バイト)。macOS では、そのプロセスだけ。Windows では 0
 * @param {number} pid
 */
function memory(pid) {
  const page = 4096;
  const used = (/** @type {number} */ one) => Number(read(`/proc/${one}/statm`).split(" ")[1] ?? 0) * page;
  if (linux) return tree(pid).reduce((sum, one) => sum + used(one), 0);
  if (process.platform === "win32") return 0;
  return Number(spawnSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? 0) * 1024;
}

/**
 * 親の番号。分からなければ 0 (Windows)
 * @param {number} pid
 */
const parentOf = (pid) => processes().find((one) => one.pid === pid)?.parent ?? 0;

/** 待っていた時間が分かるか */
const knowsDelays = delays(process.pid).some(([, ms]) => ms > 0);

module.exports = { knowsDelays, mark, processes, parentOf, endAll, delays, memory, begun };
