// フォルダとファイルがあるかを調べ、なければ似た名前のものを探す
import { readdirSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";

/** パスの先にあるもの。なければ (どこも指さないリンクや、ファイルの中なら) undefined */
function stat(path: string) {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

export const isFolder = (path: string) => stat(path)?.isDirectory() ?? false;

export const isFile = (path: string) => stat(path)?.isFile() ?? false;

/**
 * 探しているものが、大文字と小文字や、終わり (server.js) だけ違う名前か、1つ下の階層にあれば、そのパスを返す。
 * @param folder 探すフォルダ
 * @param names 探しているファイルやフォルダの名前
 * @returns folder からのパス。どこにもなければ undefined
 */
export function similar(folder: string, names: string[]): string | undefined {
  const wanted = names.map((name) => name.toLowerCase());
  const list = (path: string) => readdirSync(path).map((name) => join(path, name));
  const here = isFolder(folder) ? list(folder).filter((path) => basename(path) !== "node_modules") : [];
  const like = (path: string) => {
    const name = basename(path).toLowerCase();
    const other = (one: string) => one.endsWith(".ts") && name.startsWith(one.slice(0, -2)); // server.js
    return wanted.some((one) => name === one || other(one));
  };
  const found = [...here, ...here.filter(isFolder).flatMap(list)].find(like);
  return found && relative(folder, found);
}

/** 見つからなかったことを言う文に添える言葉。引数は similar と同じ */
export function lookalike(folder: string, names: string[]): string {
  const found = similar(folder, names);
  return found ? ` (${found} ならあります)` : "";
}
