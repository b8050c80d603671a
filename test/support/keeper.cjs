// 動かしたプログラムを残さない仕組み。層は2つ:
// 1. 検査が終わるたびに、その検査が動かしたものを endAll で終わらせる (program.ts)
// 2. jest がどう終わっても (Ctrl-C でも kill でも)、見張りが残りを endAll で終わらせ、一時フォルダを消す (setup.ts)
// 目印は、環境変数にある一時フォルダの名前。子にも孫にも、別のセッションに移ったものにも受け継がれる
const { spawnSync } = require("node:child_process");
const { existsSync, readdirSync, readFileSync, rmSync } = require("node:fs");

/** 今あるプロセスの番号、親の番号、環境変数 (とコマンド) */
function processes() {
  if (existsSync("/proc/self/environ"))
    return readdirSync("/proc").filter(Number).flatMap((pid) => {
      try {
        const text = readFileSync(`/proc/${pid}/environ`, "utf8");
        const [, parent] = readFileSync(`/proc/${pid}/stat`, "latin1").match(/.*\) \S (\d+)/s);
        return [{ pid: Number(pid), parent: Number(parent), text }];
      } catch {
        return []; // もう終わった、ほかの人のもの、システムのもの
      }
    });
  const { stdout } = spawnSync("ps", ["-axEww", "-o", "pid=,ppid=,command="], { encoding: "utf8", maxBuffer: 1e8 });
  return [...stdout.matchAll(/^ *(\d+) +(\d+) (.*)$/gm)].map(([, pid, parent, text]) => ({ pid: Number(pid), parent: Number(parent), text }));
}

/** シグナルを送る。もう終わったプロセスなら、何もしない */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // もう終わった
  }
}

/**
 * 目印のあるプロセスと、その子孫を、残らず終わらせる。
 * @param mark 目印。環境変数のどれかに含まれる文字列
 */
function endAll(mark) {
  for (;;) {
    // 止めてから数え直す。数えている間に子を作られると、目印のない子を見失う
    const found = new Set();
    for (let size = -1; size !== found.size; ) {
      size = found.size;
      for (const { pid, parent, text } of processes())
        if ((text.includes(mark) || found.has(parent)) && pid !== process.pid && !found.has(pid)) {
          found.add(pid);
          signal(pid, "SIGSTOP");
        }
    }
    if (!found.size) return;
    for (const pid of found) signal(pid, "SIGKILL");
  }
}

module.exports = { endAll, processes };

// 見張り: 標準入力は jest につながっている。jest が終わると、入力も終わる
if (require.main === module) {
  const folder = process.argv[2];
  process.stdin.resume().on("close", () => {
    endAll(folder);
    rmSync(folder, { recursive: true, force: true });
  });
}
