// npm run grade と grade:class の引数を読み、間違っていれば、正しい形を1行で言う
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { isFile, isFolder, similar } from "./files.ts";
import { names } from "./lessons/all.ts";
import { root } from "./repository-root.ts";
import { ours } from "./results.ts";

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

/** コマンドを動かす。呼び方の間違いか、採点そのものの間違いなら、そう言って、終了コード 2 で終わる */
export function runCommand(main: () => Promise<void>) {
  const stop = (error: Error) => {
    console.error(`エラー: ${error instanceof CallError ? error.message : `${ours}: ${error.stack}`}`);
    process.exit(2);
  };
  process.on("uncaughtException", stop);
  main().catch(stop);
}

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
  const { npm_config_gradescope, npm_config_all } = process.env; // -- なしのオプションは、npm が取る
  const gradescope = command === "grade:class" && (flag("--gradescope") || Boolean(npm_config_gradescope));
  const all = command === "grade" && (flag("--all") || flag("all") || Boolean(npm_config_all));
  const [typed, ...rest] = words;
  const named = rest.map((word) => word.replace(/[\\/]$/, "")); // Practice1/
  if (seed && !/^\d{1,9}$/.test(seed)) throw new CallError(`seed のあとに、番号を書きます: seed 123456`);
  refuse(command, typed, named, from);
  const target = resolve(from, to ?? "../results");
  const forClass = command === "grade:class";
  if (forClass && target === resolve(from, typed)) throw new CallError("結果のフォルダを、提出フォルダとは別にします");
  if (forClass && existsSync(target) && !isFolder(target))
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

/**
 * 正しい形。リポジトリの中のほかのフォルダから打ったなら、まず戻る。
 * @param typed 打たれたフォルダ。絶対パスなら、folder もそう言う
 */
function form(command: Command, from: string, typed: string, folder: string, ...words: string[]): string {
  const outside = (path: string) => relative(root, path).startsWith("..");
  const away = from !== root && !outside(from);
  const shown = relative(outside(folder) && !away ? from : root, folder) || ".";
  const back = away ? `cd ${relative(from, root)} のあとに、` : "";
  return `${back}${commandOf(command, isAbsolute(typed) ? folder : shown, ...words)}`;
}

/** @throws {CallError} 採点できないとき */
function refuse(command: Command, folder: string | undefined, named: string[], from: string) {
  const where = command === "grade" ? "提出フォルダ" : "提出フォルダの入ったフォルダ";
  const example = resolve(root, command === "grade" ? "my" : "../submissions");
  const first = form(command, from, "", example, "Practice1");
  if (!folder) throw new CallError(`${where}、レッスンの順に打ちます: ${first}`);
  if (folder.startsWith("-")) throw new CallError(`${where}が先です: ${first}`);
  const path = resolve(from, folder);
  const place = () => (isFolder(path) ? path : (otherCase(path) ?? path));
  const right = (...words: string[]) => form(command, from, folder, place(), ...words);
  const turned = named.find((word) => known(folder) && !known(word) && isFolder(resolve(from, word)));
  const straight = turned && form(command, from, turned, resolve(from, turned), known(folder)!);
  if (straight) throw new CallError(`${where}が先です: ${straight}`);
  const lessons = named.flatMap((word) => known(word) ?? []);
  const wrong = named.find((word) => !known(word));
  const { npm_config_json: json, npm_config_seed: seed } = process.env; // -- なしでは、npm が取る
  if (wrong && json) throw new CallError(`--json は、-- のあとに書きます: ${right(...lessons, "--", "--json", wrong)}`);
  if (seed || /^-*seed\d*$|^\d+$/.test(wrong ?? "")) {
    const number = wrong?.match(/\d+/)?.[0] ?? named.find(Number) ?? "123456";
    throw new CallError(`番号は、seed のあとに打ちます: ${right(...lessons, "seed", number)}`);
  }
  if (wrong?.startsWith("-")) throw new CallError(`${wrong} というオプションはありません: ${right(...lessons)}`);
  if (wrong && command === "grade:class" && /[./\\]/.test(wrong))
    throw new CallError(`結果のフォルダは、to のあとに打ちます: ${right(...lessons, "to", wrong)}`);
  const choices = `${names.join(", ")} から選びます: ${right("Practice1")}`;
  if (wrong) throw new CallError(`${wrong} というレッスンはありません。${choices}`);
  if (named.some((word) => !names.includes(word)))
    throw new CallError(`大文字と小文字が違います: ${right(...lessons)}`);

  const any = names.some((name) => isFolder(join(path, name)));
  if (command === "grade" && !any) refuseFolder(folder, path, lessons, from);
  if (!isFolder(path)) throw new CallError(`${where}がありません: ${otherCase(path) ? right(...lessons) : path}`);
  if (command === "grade:class" && any)
    throw new CallError(`1人の提出フォルダのようです: ${form("grade", from, folder, path, ...lessons)}`);
}

/** 大文字と小文字だけが違う、あるフォルダ */
function otherCase(path: string): string | undefined {
  const near = isFolder(dirname(path)) && readdirSync(dirname(path)).find((name) => same(name, basename(path)));
  return near ? join(dirname(path), near) : undefined;
}

/** レッスンのないフォルダには、正しいフォルダを言う。 @throws {CallError} いつも */
function refuseFolder(folder: string, path: string, lessons: string[], from: string): never {
  const right = (place: string, ...words: string[]) => form("grade", from, folder, place, ...words);
  for (const above of [path, dirname(path)]) {
    const lesson = known(basename(above));
    const parent = dirname(above) === root ? join(root, "my") : dirname(above); // この本の答えではなく
    if (lesson) throw new CallError(`提出フォルダと、レッスンを分けて打ちます: ${right(parent, lesson)}`);
  }
  if (!isFolder(path)) {
    const there = resolve(root, folder);
    const moved = from !== root && isFolder(there) && right(there, ...lessons);
    if (moved) throw new CallError(`リポジトリのフォルダで打ちます: ${moved}`);
    const near = otherCase(path);
    throw new CallError(`提出フォルダがありません: ${near ? right(near, ...lessons) : path}`);
  }
  const near = similar(path, lessons.length ? lessons : names);
  const deeper = near && dirname(near) !== "." && right(join(path, dirname(near)), known(basename(near))!);
  if (deeper) throw new CallError(`提出フォルダは、1つ下のようです: ${deeper}`);
  const rename = near && `。${near} の名前を、${known(near)} にします`;
  throw new CallError(`提出フォルダに ${names.join(", ")} のどれもありません${rename ?? ""}: ${path}`);
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/**
 * 提出フォルダになれるもの: 隠したもの、ファイル、結果のフォルダ (前のものも) は除く。
 * どこも指さないリンクも、1人とする
 */
export const learnersIn = ({ folder, to }: Call) =>
  readdirSync(folder).filter((name) => {
    const path = join(folder, name);
    return !name.startsWith(".") && path !== to && !isFile(path) && !existsSync(join(path, "results.csv"));
  });
