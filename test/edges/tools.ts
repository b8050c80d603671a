// 契約のテストの道具: このリポジトリのファイルの写しを動かす
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as practice1 from "../lessons/Practice1.checks.ts";
import * as practice2 from "../lessons/Practice2.checks.ts";
import { serverLines, waiting } from "../lessons/Socket1.checks.ts";
import { listening } from "../lessons/Socket2.checks.ts";
import { listen } from "../support/peer.ts";
import { Program, type Options } from "../support/program.ts";
import { root } from "../support/target.ts";
import { Trial } from "../support/trial.ts";

export const servesOne = ["Socket1", "Practice1"];
export const servesMany = ["Socket2", "Practice2"];
export const asking = ["Practice1", "Practice2"];

/** 今のテストの持ち時間 (20秒) と後片付け */
export let trial: Trial;
beforeEach(() => (trial = new Trial(20_000)));
afterEach(() => trial.end());

/** 教科書のポート番号 */
export const textbookPort = (lesson: string) => (lesson === "Practice2" ? 9000 : 6000);

/** レッスンごとの、送ってよいメッセージと、その答え */
export const sample: Record<string, [message: string, answer: string]> = {
  Socket1: ["Hello", "Get answer"],
  Socket2: ["Hello", "GETS"],
  Practice1: ["67", "4489"],
  Practice2: ["add,7,4", "11"],
};

/** クライアントがたずねる行と、それに打つ言葉 */
export const typed: Record<string, [lines: string[], line: string][]> = {
  Socket1: [],
  Socket2: [],
  Practice1: [[[practice1.prompt], "67"]],
  Practice2: [
    [practice2.menu, "add"],
    [[practice2.first], "7"],
    [[practice2.second], "4"],
  ],
};

/** クライアントが答えを受け取ったときに表示するもの */
export const result: Record<string, (answer: string) => string> = {
  Socket1: (answer) => `${answer}\n`,
  Socket2: (answer) => `${answer}\n`,
  Practice1: (answer) => `Answer:${answer}\n`,
  Practice2: (answer) => `[Result]\n${answer}\n`,
};

/** クライアントが始めから終わりまでに表示するもの */
export const transcript = (lesson: string, answer = sample[lesson][1]) =>
  typed[lesson].flatMap(([lines]) => lines.map((line) => `${line}\n`)).join("") + result[lesson](answer);

/** Socket1 のサーバが表示するもの。教科書のとおり、最後の行は矢印のあとの空白で終わる */
export const socket1Shows = (...messages: string[]) => `${serverLines(...messages).join("\n")} \n`;

/** 見本のメッセージ1つを受け取ったサーバが、始めから終わりまでに表示するもの */
export const serverShows: Record<string, (port: number) => string> = {
  Socket1: () => socket1Shows("Hello"),
  Practice1: () => `${waiting}\nsend\n`,
  Socket2: (port) => `${listening(port)}\nHello\n\n`,
  Practice2: (port) => `${listening(port)}\n`,
};

/** このリポジトリのファイルの中身 */
export const source = (lesson: string, file: "server" | "client") => readFileSync(join(root, lesson, `${file}.ts`), "utf8");

/**
 * レッスンのファイル1つだけを写した空のフォルダの、そのファイル。どのテストでも同じものなので、tsx の変換は1回で済む。
 */
export function copy(lesson: string, file: "server" | "client"): string {
  const folder = join(process.env.TEST_FOLDER!, "copies", `${lesson}-${file}`);
  const path = join(folder, `${file}.ts`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(root, lesson, `${file}.ts`), `${path}.${process.pid}`);
  renameSync(`${path}.${process.pid}`, path); // 同時に動いているテストが、書きかけを動かさないように
  return path;
}

/**
 * 書き換えた写し。
 * @param from 書き換えるところ。ファイルに1つだけあるはずの文字列
 * @returns 写したファイルと、書き換えた行の番号
 * @throws {Error} from が1つでないとき
 */
export function edited(lesson: string, file: "server" | "client", from: string, to: string) {
  const pieces = source(lesson, file).split(from);
  if (pieces.length !== 2) throw new Error(`${lesson}/${file}.ts に「${from}」は ${pieces.length - 1} か所あります`);
  const path = join(mkdtempSync(join(process.env.TEST_FOLDER!, "edited-")), `${file}.ts`);
  writeFileSync(path, pieces.join(to));
  return { path, line: pieces[0].split("\n").length };
}

/** プログラムを動かす。引数と例外は Program.start と同じ */
export const start = (file: string, options?: Options) => Program.start(trial, file, { ...options, commonjs: true });

/**
 * サーバを空いているポートで動かし、listen するまで待つ。
 * @param file 動かすファイル。なければ、このリポジトリの写し
 * @throws {Failure} listen しないとき
 */
export async function startServer(lesson: string, file = copy(lesson, "server")) {
  const program = await start(file, { ports: {} });
  return { program, server: await program.listens(textbookPort(lesson)) };
}

/**
 * クライアントを、テストのサーバにつなぐ。
 * @param file 動かすファイル。なければ、このリポジトリの写し
 * @throws {Failure} つながないとき
 */
export async function startClient(lesson: string, file = copy(lesson, "client")) {
  const raw = await listen(trial);
  const program = await start(file, { ports: { [textbookPort(lesson)]: raw.port } });
  return { program, peer: await raw.accept(program) };
}

/**
 * たずねられるたびに、見本の言葉を打つ。
 * @param until この番号のたずねる言葉が出たら、打たずにやめる
 * @throws {Failure} たずねる言葉が出ないとき
 */
export async function typeSample(lesson: string, program: Program, until = Infinity) {
  for (const [i, [lines, line]] of typed[lesson].entries()) {
    await program.shows(lines);
    if (i === until) return;
    program.type(`${line}\n`);
  }
}

/**
 * 起きたばかりのことのために、1秒のうちにエラーで終わるのを待つ。標準エラーは「エラー: 」で始まる1行だけ、終了コードは 1 のはず。
 * @param words エラーの行にあるはずの言葉
 * @throws {Failure} 終わらないとき
 */
export async function endsInError(program: Program, ...words: (string | number)[]) {
  const { code, stderr } = await program.ends(1000);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^エラー: .+\n$/) });
  for (const word of words) expect(stderr).toContain(String(word));
}
