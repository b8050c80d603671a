// jest が始める前に1回だけ: 一時フォルダを作り、reaper.cjs を立て、SEED を決める。Windows の npm test は断る
import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endWithParent } from "../process/end-with-parent.ts";
import { root } from "../repository-root.ts";

export default function setup() {
  if (process.platform === "win32" && process.env.npm_lifecycle_event === "test") {
    console.error("エラー: npm test は、macOS か Linux か WSL で動かしてください");
    process.exit(1);
  }
  endWithParent();
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "lessons-"));
  const reaper = spawn(process.execPath, [join(root, "test/grader/process/reaper.cjs"), folder], {
    detached: true, // Ctrl-C は届かない
    stdio: ["pipe", "ignore", "inherit"],
    windowsHide: true,
  });
  reaper.unref();
  (reaper.stdin as any).unref();
  Object.assign(globalThis, { reaper });
  process.env.TEST_FOLDER = folder;
  process.env.SEED ??= String(Math.floor(Math.random() * 1e9));
}
