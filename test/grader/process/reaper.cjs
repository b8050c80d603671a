// 動かしたものを残さない仕組み。層は3つ:
// 1. 検査が終わるたびに、その検査が動かしたものを endAll で終わらせる (session.ts)
// 2. 採点 (か jest) がどう終わっても (Ctrl-C でも kill でも)、このプロセスが、残りを endAll で終わらせ、
//    一時フォルダを消す。採点が立て、うまく終わるときは、片付け終わるのを待つ (start-reaper.ts)
// 3. npm が終わると、採点も終わる (end-with-parent.ts)
// 目印は、環境変数にある一時フォルダの名前。子にも孫にも、別のセッションに移ったものにも受け継がれる。
// 環境変数を消したものは、親かグループで、どちらもなければ、Linux では消せない目印で分かる (end-all.cjs)
const { readdirSync, readFileSync, rmSync } = require("node:fs");
const { join } = require("node:path");
const { endAll } = require("./end-all.cjs");

const folder = process.argv[2];

/** まだ片付いていないプログラム。動かすときに書いたもの (program.ts) */
function* unfinished() {
  for (const run of readdirSync(folder))
    try {
      yield JSON.parse(readFileSync(join(folder, run, "program.json"), "utf8"));
    } catch {
      // プログラムのフォルダではないか、もう片付いている
    }
}

// 標準入力は、立てたものにつながっている。それが終わると、入力も終わる
process.stdin.resume().on("close", () => {
  endAll([{ mark: folder }, ...unfinished()]); // 1つ目は、jest が置いていったワーカーも
  // Windows では、終わったばかりのもののファイルは、すぐには消せない
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});
