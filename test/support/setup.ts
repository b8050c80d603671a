// jest が始める前に1回だけ: 調べるレッスンがなければ、1行で言って終わる。一時フォルダを作り、見張りを立てる
import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hint, lessons, near, root, target } from "./target.ts";

/**
 * @param config jest の設定。patterns は npm run grade -- Practice1 のように選ばれたもの
 */
export default function setup({ testPathPatterns: { patterns } }: { testPathPatterns: { patterns: string[] } }) {
  if (process.env.SUBMISSION !== undefined) checkSubmission(patterns);

  process.env.NAMED = patterns.join(" ");
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "lessons-"));
  const keeper = spawn(process.execPath, [join(root, "test/support/keeper.cjs"), folder], {
    detached: true, // Ctrl-C は見張りには届かない
    stdio: ["pipe", "ignore", "inherit"],
  });
  keeper.unref();
  (keeper.stdin as any).unref();
  Object.assign(globalThis, { keeper });
  process.env.TEST_FOLDER = folder;
  process.env.SEED ??= String(Math.floor(Math.random() * 1e9));
}

/** 提出フォルダと、選ばれたレッスンの名前が正しいかを調べる。正しくなければ、1行で言って終わる */
function checkSubmission(patterns: string[]) {
  if (!process.env.SUBMISSION) stop("SUBMISSION が空です。提出フォルダを指定してください");
  const unknown = patterns.find((pattern) => !lessons.includes(pattern));
  if (unknown) stop(`${unknown} というレッスンはありません。${lessons.join(", ")} から選んでください`);
  if (!statSync(target, { throwIfNoEntry: false })?.isDirectory()) stop(`提出フォルダがありません: ${target}`);
  if (lessons.some((name) => statSync(join(target, name), { throwIfNoEntry: false }))) return;
  stop(`提出フォルダに ${lessons.join(", ")} のどれもありません${hint(near(target, lessons))}: ${target}`);
}

function stop(message: string): never {
  console.error(`エラー: ${message}`);
  process.exit(1);
}
