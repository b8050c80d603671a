// 提出フォルダを調べる。jest の前にも動かすので、JavaScript で書く
const { readdirSync, statSync } = require("node:fs");
const { join, relative } = require("node:path");

const lessons = ["Socket1", "Socket2", "Practice1", "Practice2"];

/** パスの先にあるもの。なければ (どこも指さないリンクなら) undefined */
function stat(path) {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
const isFolder = (path) => stat(path)?.isDirectory() ?? false;
const isFile = (path) => stat(path)?.isFile() ?? false;

/**
 * 探しているものが、大文字と小文字だけ違う名前か、1つ下の階層にあれば、それを言う。
 * @param {string} folder 探すフォルダ
 * @param {string[]} names 探しているファイルやフォルダの名前
 * @returns {string} 見つからなかったことを言う文に添える言葉。どこにもなければ空
 */
function hint(folder, names) {
  const wanted = names.map((name) => name.toLowerCase());
  const list = (path) => readdirSync(path).filter((name) => name !== "node_modules").map((name) => join(path, name));
  const here = isFolder(folder) ? list(folder) : [];
  const found = [...here, ...here.filter(isFolder).flatMap(list)].find((path) => wanted.includes(path.split("/").at(-1).toLowerCase()));
  return found ? ` (${relative(folder, found)} ならあります)` : "";
}

/**
 * 採点できるかを調べる。
 * @param {string | undefined} submission 環境変数 SUBMISSION の中身
 * @param {string} folder それが指すフォルダ
 * @param {string[]} names 選ばれたレッスンの名前
 * @returns {string | undefined} 採点できない訳。採点できるなら undefined
 */
function refusal(submission, folder, names) {
  const unknown = names.find((name) => !lessons.includes(name));
  if (submission === "") return "SUBMISSION が空です。提出フォルダを指定してください";
  if (unknown) return `${unknown} というレッスンはありません。${lessons.join(", ")} から選んでください`;
  if (!isFolder(folder)) return `提出フォルダがありません: ${folder}`;
  if (!lessons.some((name) => isFolder(join(folder, name)))) return `提出フォルダに ${lessons.join(", ")} のどれもありません${hint(folder, lessons)}: ${folder}`;
}

module.exports = { lessons, isFolder, isFile, hint, refusal };
