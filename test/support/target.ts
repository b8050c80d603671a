import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/** リポジトリのいちばん上のフォルダ */
export const root = resolve(import.meta.dirname, "../..");

export const lessons = ["Socket1", "Socket2", "Practice1", "Practice2"];

/** 調べるレッスンがあるフォルダ。SUBMISSION がなければ、このリポジトリの答え */
export const target = process.env.SUBMISSION ? resolve(process.env.INIT_CWD ?? "", process.env.SUBMISSION) : root;

/**
 * 探しているもののかわりになりそうな、大文字と小文字だけが違うものか、1つ下の階層にあるもの。
 * @param folder 探すフォルダ
 * @param names 探しているファイルやフォルダの名前
 * @returns folder からの相対パス。なければ undefined
 */
export function near(folder: string, names: string[]): string | undefined {
  const wanted = names.map((name) => name.toLowerCase());
  const list = (path: string) => readdirSync(path, { withFileTypes: true }).filter(({ name }) => name !== "node_modules");
  const here = list(folder).map((entry) => ({ entry, path: join(folder, entry.name) }));
  const below = here.flatMap(({ entry, path }) => (entry.isDirectory() ? list(path).map((entry) => ({ entry, path: join(path, entry.name) })) : []));
  const found = [...here, ...below].find(({ entry }) => wanted.includes(entry.name.toLowerCase()));
  return found && relative(folder, found.path);
}

/** 見つからなかったことを言う文に添える言葉 */
export const hint = (found: string | undefined) => (found ? ` (${found} ならあります)` : "");
