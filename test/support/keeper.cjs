// 動かしたプログラムを残さない仕組み。層は2つ:
// 1. 検査が終わるたびに、その検査が動かしたものを endAll で終わらせる (program.ts)
// 2. jest がどう終わっても (Ctrl-C でも kill でも)、見張りが残りを endAll で終わらせ、一時フォルダを消す (setup.ts)
// 目印は、環境変数にある一時フォルダの名前。子にも孫にも、別のセッションに移ったものにも受け継がれる
const { spawnSync } = require("node:child_process");
const { existsSync, readdirSync, readFileSync, rmSync } = require("node:fs");

/** 今あるプロセスの番号、親とグループの番号、環境変数 (とコマンド)。終わって、片付けを待つだけのもの (Z) は除く */
function processes() {
  if (existsSync("/proc/self/environ"))
    return readdirSync("/proc").filter(Number).flatMap((pid) => {
      try {
        const text = readFileSync(`/proc/${pid}/environ`, "utf8");
        const [, parent, group] = readFileSync(`/proc/${pid}/stat`, "latin1").match(/.*\) [^Z] (\d+) (\d+)/s);
        return [{ pid: Number(pid), parent: Number(parent), group: Number(group), text }];
      } catch {
        return []; // もう終わった、ほかの人のもの、システムのもの
      }
    });
  const { stdout } = spawnSync("ps", ["-axEww", "-o", "pid=,ppid=,pgid=,stat=,command="], { encoding: "utf8", maxBuffer: 1e8 });
  const lines = stdout.matchAll(/^ *(\d+) +(\d+) +(\d+) +[^Z]\S* +(.*)$/gm);
  return [...lines].map(([, pid, parent, group, text]) => ({ pid: Number(pid), parent: Number(parent), group: Number(group), text }));
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
 * 目印のあるプロセスと、その子孫と、同じグループのものを、残らず終わらせる。
 * @param mark 目印。環境変数のどれかに含まれる文字列
 * @param leader グループを作ったプロセス。もう終わっていてもよい (目印を消され、親もいないものが、残っていることがある)
 */
function endAll(mark, leader) {
  for (;;) {
    // 止めてから数え直す。数えている間に子を作られると、目印のない子を見失う
    const found = new Set();
    for (let size = -1; size !== found.size; ) {
      size = found.size;
      for (const { pid, parent, group, text } of processes())
        if ((text.includes(mark) || found.has(parent) || found.has(group) || group === leader) && pid !== process.pid && !found.has(pid)) {
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
