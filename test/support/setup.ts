// jest が始める前に1回だけ: 調べるレッスンがなければ、1行で言って終わる
import { existsSync } from "node:fs";
import { join } from "node:path";
import { lessons, target } from "./target.ts";

/**
 * @param config jest の設定。patterns は npm run grade -- Practice1 のように選ばれたもの
 */
export default function setup({ testPathPatterns: { patterns } }: { testPathPatterns: { patterns: string[] } }) {
  const chosen = lessons.filter((name) => patterns.some((pattern) => pattern.includes(name)));
  const missing = (chosen.length ? chosen : lessons).filter((name) => !existsSync(join(target, name)));
  if (!existsSync(target)) stop(`提出フォルダがありません: ${target}`);
  if (chosen.length && missing.length) stop(`提出フォルダに ${missing.join(" と ")} がありません: ${target}`);
  if (missing.length === lessons.length) stop(`提出フォルダに ${lessons.join(", ")} のどれもありません: ${target}`);
}

function stop(message: string): never {
  console.error(`エラー: ${message}`);
  process.exit(1);
}
