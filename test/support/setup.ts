// jest が始める前に1回だけ: 調べるレッスンがなければ、1行で言って終わる。一時フォルダを作り、見張りを立てる
import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endWithParent } from "./parent.ts";
import { hint, lessons, near, root, target } from "./target.ts";

/**
 * @param config jest の設定。patterns は npm run grade -- Practice1 のように選ばれたもの
 */
export default function setup({ testPathPatterns: { patterns } }: { testPathPatterns: { patterns: string[] } }) {
  const reason = process.env.SUBMISSION === undefined ? undefined : refusal(process.env.SUBMISSION, target, patterns);
  if (reason) {
    console.error(`エラー: ${reason}`);
    process.exit(1);
  }
  endWithParent();

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

/**
 * 提出フォルダと、選ばれたレッスンの名前が正しいかを調べる。
 * @param submission 環境変数 SUBMISSION の中身
 * @param folder それが指すフォルダ
 * @param names 選ばれたレッスンの名前
 * @returns 採点できない訳。採点できるなら undefined
 */
export function refusal(submission: string, folder: string, names: string[]): string | undefined {
  const there = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory();
  const unknown = names.find((name) => !lessons.includes(name));
  if (!submission) return "SUBMISSION が空です。提出フォルダを指定してください";
  if (unknown) return `${unknown} というレッスンはありません。${lessons.join(", ")} から選んでください`;
  if (!there(folder)) return `提出フォルダがありません: ${folder}`;
  if (!lessons.some((name) => there(join(folder, name)))) return `提出フォルダに ${lessons.join(", ")} のどれもありません${hint(near(folder, lessons))}: ${folder}`;
}
