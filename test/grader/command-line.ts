// npm run grade と grade:class の引数を読み、間違っていれば、正しい形を1行で言う
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { isFile, isFolder, similar } from "./files.ts";
import { names } from "./lessons/all.ts";
import { root } from "./repository-root.ts";

/** 頼まれたこと */
export type Call = {
  /** 提出フォルダ (grade:class では、それの入ったフォルダ) と、打たれたままのもの */
  folder: string;
  typed: string;
  /** 名指しされたレッスン */
  named: string[];
  seed: number;
  all: boolean;
  /** 結果の JSON を書くファイル */
  json?: string;
  /** クラスの結果を書くフォルダ */
  to: string;
  gradescope: boolean;
};

/** 呼び方の間違い。message が、言う言葉 */
export class CallError extends Error {}

type Command = "grade" | "grade:class";

/**
 * 引数を読む。人は言葉を打ち、プログラムは -- のあとにオプションを書く。
 * @param args 打たれたもの
 * @param from 打ったところ
 * @throws {CallError} 採点できないとき
 */
export function readCall(command: Command, args: string[], from: string): Call {
  const words = [...args];
  const take = (name: string, form: string) => {
    const at = words.findIndex((word, i) => i > 0 && word.split("=")[0] === name);
    if (at < 0) return undefined;
    const [word] = words.splice(at, 1);
    const value = word.includes("=") ? word.slice(name.length + 1) : words.splice(at, 1)[0];
    if (!value) throw new CallError(`${name} のあとに、${form}を書きます`);
    return value;
  };
  const flag = (name: string) => {
    const at = words.lastIndexOf(name);
    return at >= 0 && words.splice(at, 1).length > 0;
  };
  const json = command === "grade" ? take("--json", "ファイル") : undefined;
  const to = command === "grade:class" ? take("to", "結果のフォルダ") : undefined;
  const seed = take("seed", "番号");
  const gradescope = command === "grade:class" && flag("--gradescope");
  const all = command === "grade" && (flag("--all") || flag("all") || Boolean(process.env.npm_config_all));
  const [typed, ...named] = words;
  if (seed && !/^\d{1,9}$/.test(seed)) throw new CallError(`seed のあとに、番号を書きます: seed 123456`);
  refuse(command, typed, named, from);
  const target = resolve(from, to ?? "../results");
  if (existsSync(target) && !isFolder(target))
    throw new CallError(`結果のフォルダにするところに、ファイルがあります: ${target}`);
  return {
    folder: resolve(from, typed),
    typed,
    named: [...new Set(named)],
    seed: seed ? Number(seed) : Math.floor(Math.random() * 1_000_000),
    all,
    json: json && resolve(from, json),
    to: target,
    gradescope,
  };
}

/** 空白のあるものは、引用符に入れる。sh でも PowerShell でも cmd でも同じ */
const quoted = (word: string) => (/^[\w./\\:~-]+$/.test(word) ? word : `"${word}"`);

/** 打つコマンド */
export const commandOf = (command: Command, ...words: (string | number)[]) =>
  ["npm run", command, ...words.map((word) => quoted(String(word)))].join(" ");

/** 大文字と小文字を問わずに合うレッスン */
const known = (word: string) => names.find((name) => same(name, word));

/** @throws {CallError} 採点できないとき */
function refuse(command: Command, folder: string | undefined, named: string[], from: string) {
  const where = command === "grade" ? "提出フォルダ" : "提出フォルダの入ったフォルダ";
  const right = (...words: string[]) => commandOf(command, ...words);
  const example = command === "grade" ? "my" : "../submissions";
  if (!folder) throw new CallError(`${where}、レッスンの順に打ちます: ${right(example, "Practice1")}`);
  const option = named.find((word) => word.startsWith("-"));
  const others = named.filter((word) => word !== option);
  if (folder.startsWith("-")) throw new CallError(`${where}が先です: ${right(example, "Practice1")}`);
  if (option) throw new CallError(`${option} というオプションはありません: ${right(folder, ...others)}`);
  const wrong = named.find((word) => !names.includes(word));
  const corrected = named.map((word) => known(word) ?? word);
  if (wrong && known(wrong)) throw new CallError(`大文字と小文字が違います: ${right(folder, ...corrected)}`);
  if (wrong && process.env.npm_config_json) // npm が、自分のものと思って取った
    throw new CallError(`オプションは、-- のあとに書きます: ${right("--", folder, "--json", "ファイル")}`);
  if (wrong) throw new CallError(`${wrong} というレッスンはありません。${names.join(", ")} から選びます`);

  const path = resolve(from, folder);
  const any = names.some((name) => isFolder(join(path, name)));
  if (command === "grade" && !any) refuseFolder(folder, path, named, from);
  if (!isFolder(path)) throw new CallError(`${where}がありません: ${path}`);
  if (command === "grade:class" && any)
    throw new CallError(`1人の提出フォルダのようです: ${commandOf("grade", folder, ...named)}`);
}

/** レッスンのないフォルダには、正しいフォルダを言う。 @throws {CallError} いつも */
function refuseFolder(folder: string, path: string, named: string[], from: string): never {
  const right = (...words: string[]) => commandOf("grade", ...words);
  for (const [above, typed] of [[path, folder], [dirname(path), dirname(folder)]]) {
    const parent = dirname(above) === root ? "my" : dirname(typed); // この本の答えではなく
    const lesson = known(basename(above));
    if (lesson) throw new CallError(`提出フォルダと、レッスンを分けて打ちます: ${right(parent, lesson)}`);
  }
  if (!isFolder(path)) {
    const here = `cd ${relative(from, root)} のあとに、${right(folder, ...named)}`;
    const there = from !== root && isFolder(resolve(root, folder));
    if (there) throw new CallError(`リポジトリのフォルダで打ちます: ${here}`);
    const near = isFolder(dirname(path)) && readdirSync(dirname(path)).find((name) => same(name, basename(path)));
    throw new CallError(`提出フォルダがありません: ${near ? right(join(dirname(folder), near), ...named) : path}`);
  }
  const near = similar(path, names);
  const deeper = near && dirname(near) !== "." && right(join(folder, dirname(near)), known(basename(near))!);
  if (deeper) throw new CallError(`提出フォルダは、1つ下のようです: ${deeper}`);
  const rename = near && `。${near} の名前を、${known(near)} にします`;
  throw new CallError(`提出フォルダに ${names.join(", ")} のどれもありません${rename ?? ""}: ${path}`);
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** 提出フォルダになれるもの: 隠したもの、ファイル、結果のフォルダは除く。どこも指さないリンクも、1人とする */
export const learnersIn = ({ folder, to }: Call) =>
  readdirSync(folder).filter((name) => {
    const path = join(folder, name);
    return !name.startsWith(".") && path !== to && !isFile(path);
  });
