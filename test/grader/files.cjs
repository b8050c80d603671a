// フォルダとファイルがあるかを調べ、なければ似た名前のものを探す。jest の前にも使うので、JavaScript で書く
const { readdirSync, statSync } = require("node:fs");
const { basename, join, relative } = require("node:path");

/**
 * パスの先にあるもの。なければ (どこも指さないリンクなら) undefined
 * @param {string} path
 */
function stat(path) {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** @param {string} path */
const isFolder = (path) => stat(path)?.isDirectory() ?? false;

/** @param {string} path */
const isFile = (path) => stat(path)?.isFile() ?? false;

/**
 * 探しているものが、大文字と小文字だけ違う名前か、1つ下の階層にあれば、それを言う。
 * @param {string} folder 探すフォルダ
 * @param {string[]} names 探しているファイルやフォルダの名前
 * @returns {string} 見つからなかったことを言う文に添える言葉。どこにもなければ空
 */
function lookalike(folder, names) {
  const wanted = names.map((name) => name.toLowerCase());
  const list = (/** @type {string} */ path) =>
    readdirSync(path).filter((name) => name !== "node_modules").map((name) => join(path, name));
  const here = isFolder(folder) ? list(folder) : [];
  const all = [...here, ...here.filter(isFolder).flatMap(list)];
  const found = all.find((path) => wanted.includes(basename(path).toLowerCase()));
  return found ? ` (${relative(folder, found)} ならあります)` : "";
}

module.exports = { isFolder, isFile, lookalike };
