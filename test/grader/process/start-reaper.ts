// 採点かテストの初めに: 一時フォルダを作り、残ったものを片付ける reaper.cjs を立てる
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../repository-root.ts";

/**
 * 一時フォルダを環境変数 TEST_FOLDER にし、このプロセスがどう終わっても片付くようにする。
 * @returns うまく終わるときに、片付け終わるのを待つ関数
 */
export function startReaper(): () => Promise<void> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "lessons-"));
  process.env.TEST_FOLDER = folder;
  const reaper = spawn(process.execPath, [join(root, "test/grader/process/reaper.cjs"), folder], {
    detached: true, // Ctrl-C は届かない
    stdio: ["pipe", "ignore", "inherit"],
    windowsHide: true,
  });
  reaper.unref();
  (reaper.stdin as any).unref();
  return async () => {
    reaper.ref(); // 待つ間に、こちらが先に終わらないように
    reaper.stdin.end();
    await once(reaper, "exit");
  };
}
