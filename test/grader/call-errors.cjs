// npm run grade の呼び方の間違いを、採点の前に調べて言う (レッスンでない名前は、grade:class のためにも)
const { join } = require("node:path");
const names = require("./lessons/names.cjs");
const { isFolder, lookalike } = require("./files.cjs");

const list = names.join(", ");

/**
 * レッスンでない名前があれば、それを言う。
 * @param {string[]} named 選ばれたレッスンの名前
 * @returns {string | undefined}
 */
function unknownLesson(named) {
  const name = named.find((name) => !names.includes(name));
  return name && `${name} というレッスンはありません。${list} から選んでください`;
}

/**
 * 採点できない訳。
 * @param {string | undefined} folder 提出フォルダ。どこにも書かれていなければ undefined、空なら ""
 * @param {string} path それが指すところ
 * @param {string[]} named 選ばれたレッスンの名前
 * @returns {string | undefined} 採点できるなら undefined
 */
function refusal(folder, path, named) {
  const usage = "npm run grade my Practice1 のように、提出フォルダ、レッスンの順に書きます";
  if (folder === "") return "SUBMISSION が空です。提出フォルダを指定してください";
  if (folder === undefined) return `提出フォルダがありません。${usage}`;
  const wrong = unknownLesson(named);
  if (wrong) return wrong;
  if (!isFolder(path)) return `提出フォルダがありません: ${path}`;
  if (names.some((name) => isFolder(join(path, name)))) return undefined;
  const swapped = names.includes(folder) ? `。${usage}` : "";
  return `提出フォルダに ${list} のどれもありません${lookalike(path, names)}: ${path}${swapped}`;
}

module.exports = { refusal, unknownLesson };
