// 動かしたプログラムを残さない仕組み。層は2つ:
// 1. 検査が終わるたびに、その検査が動かしたものを endAll で終わらせる (program.ts)
// 2. jest がどう終わっても (Ctrl-C でも kill でも)、見張りが残りを endAll で終わらせ、一時フォルダを消す (setup.ts)
// 目印は、環境変数にある一時フォルダの名前。子にも孫にも、別のセッションに移ったものにも受け継がれる
const { spawnSync } = require("node:child_process");
const { existsSync, readdirSync, readFileSync, rmSync } = require("node:fs");

/** 今あるプロセスの番号、親の番号、環境変数 (とコマンド) */
function processes() {
  if (existsSync("/proc/self/environ"))
    return readdirSync("/proc").flatMap((pid) => {
      try {
        const parent = readFileSync(`/proc/${pid}/stat`, "latin1").match(/.*\) \S (\d+)/s)[1];
        return [{ pid: Number(pid), parent: Number(parent), text: readFileSync(`/proc/${pid}/environ`, "utf8") }];
      } catch {
        return []; // プロセスではない、もう終わった、ほかの人のもの
      }
    });
  const { stdout } = spawnSync("ps", ["-axEww", "-o", "pid=,ppid=,command="], { encoding: "utf8", maxBuffer: 1e8 });
  return [...stdout.matchAll(/^ *(\d+) +(\d+) (.*)$/gm)].map(([, pid, parent, text]) => ({ pid: Number(pid), parent: Number(parent), text }));
}

/**
 * 目印のあるプロセスと、その子孫を、残らず終わらせる。
 * @param mark 目印。環境変数のどれかに含まれる文字列
 */
function endAll(mark) {
  for (;;) {
    const all = processes();
    const found = new Set(all.filter(({ text }) => text.includes(mark)).map(({ pid }) => pid));
    for (let size; size !== found.size; ) {
      size = found.size;
      for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
    }
    found.delete(process.pid);
    if (!found.size) return;
    for (const pid of found) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // もう終わった
      }
    }
  }
}

module.exports = { endAll };

// 見張り: 標準入力は jest につながっている。jest が終わると、入力も終わる
if (require.main === module) {
  const folder = process.argv[2];
  process.stdin.resume().on("close", () => {
    endAll(folder);
    rmSync(folder, { recursive: true, force: true });
  });
}
