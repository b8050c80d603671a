// jest が始める前に1回だけ: 調べるレッスンがなければ、1行で言って終わる。あれば、契約のテストが動かす写しを作る
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lessons, root, target } from "./target.ts";
import teardown from "./teardown.ts";

/**
 * @param config jest の設定。patterns は npm run grade -- Practice1 のように選ばれたもの
 */
export default function setup({ testPathPatterns: { patterns } }: { testPathPatterns: { patterns: string[] } }) {
  const chosen = lessons.filter((name) => patterns.some((pattern) => pattern.includes(name)));
  const missing = (chosen.length ? chosen : lessons).filter((name) => !existsSync(join(target, name)));
  if (!existsSync(target)) stop(`提出フォルダがありません: ${target}`);
  if (chosen.length && missing.length) stop(`提出フォルダに ${missing.join(" と ")} がありません: ${target}`);
  if (missing.length === lessons.length) stop(`提出フォルダに ${lessons.join(", ")} のどれもありません: ${target}`);

  // どのテストも同じ写しを動かすと、tsx の変換が1回で済む
  process.env.COPIES = mkdtempSync(join(tmpdir(), "lessons-"));
  mkdirSync(join(process.env.COPIES, "running")); // 動いているプログラムのプロセス番号 (program.ts が置く)
  process.once("SIGINT", () => {
    teardown();
    process.exit(130);
  });
  for (const kind of ["empty", "commonjs"])
    for (const lesson of lessons)
      for (const file of ["server", "client"]) {
        const folder = join(process.env.COPIES, kind, `${lesson}-${file}`);
        mkdirSync(folder, { recursive: true });
        copyFileSync(join(root, lesson, `${file}.ts`), join(folder, `${file}.ts`));
        if (kind === "commonjs") writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }');
      }
}

function stop(message: string): never {
  console.error(`エラー: ${message}`);
  process.exit(1);
}
