import { join } from "node:path";
import { prompt } from "../lessons/Practice1.checks.ts";
import { first, menu, second } from "../lessons/Practice2.checks.ts";
import { received } from "../lessons/Socket1.checks.ts";
import { listen } from "./peer.ts";
import { Program } from "./program.ts";

export const servesOne = ["Socket1", "Practice1"];
export const servesMany = ["Socket2", "Practice2"];

/** 教科書のポート番号 */
export const textbookPort = (lesson: string) => (lesson === "Practice2" ? 9000 : 6000);

/** レッスンごとの、送ってよいメッセージと、その答え */
export const sample: Record<string, [message: string, answer: string]> = {
  Socket1: ["Hello", "Get answer"],
  Socket2: ["Hello", "GETS"],
  Practice1: ["67", "4489"],
  Practice2: ["add,7,4", "11"],
};

/** クライアントがたずねる言葉と、それに打つ言葉 */
export const typed: Record<string, [prompt: string, line: string][]> = {
  Socket1: [],
  Socket2: [],
  Practice1: [[`${prompt}\n`, "67"]],
  Practice2: [
    [`${menu}\n`, "add"],
    [`${first}\n`, "7"],
    [`${second}\n`, "4"],
  ],
};

/** クライアントが答えを受け取ったときに表示する1行 */
export const result: Record<string, (answer: string) => string> = {
  Socket1: (answer) => `${answer}\n`,
  Socket2: (answer) => `${answer}\n`,
  Practice1: (answer) => `Answer:${answer}\n`,
  Practice2: (answer) => `[Result]\n${answer}\n`,
};

/** クライアントが始めから終わりまでに表示するもの */
export const transcript = (lesson: string, answer = sample[lesson][1]) =>
  typed[lesson].map(([prompt]) => prompt).join("") + result[lesson](answer);

/** 見本のメッセージ1つを受け取ったサーバが、始めから終わりまでに表示するもの */
export const serverShows: Record<string, (port: number) => string> = {
  Socket1: () => `Waiting for connections...\n${received("Hello")}Received -> \n`,
  Practice1: () => "Waiting for connections...\nsend\n",
  Socket2: (port) => `listen ('127.0.0.1', ${port})\nHello\n\n`,
  Practice2: (port) => `listen ('127.0.0.1', ${port})\n`,
};

/**
 * レッスンのファイル1つだけを写したフォルダの、そのファイル (setup.ts が作る)。
 * @param kind 空のフォルダか、"type": "commonjs" の package.json があるフォルダか
 */
export const copy = (lesson: string, file: "server" | "client", kind: "empty" | "commonjs" = "empty") =>
  join(process.env.COPIES!, kind, `${lesson}-${file}`, `${file}.ts`);

/**
 * このリポジトリのサーバを空いているポートで動かし、listen するまで待つ。
 * @throws {Failure} listen しないとき
 */
export async function startServer(lesson: string) {
  const program = new Program(copy(lesson, "server"), { ports: { [textbookPort(lesson)]: 0 } });
  return { program, server: await program.listens() };
}

/**
 * このリポジトリのクライアントを、テストのサーバにつなぐ。
 * @throws {Failure} つながないとき
 */
export async function startClient(lesson: string) {
  const raw = await listen();
  const program = new Program(copy(lesson, "client"), { ports: { [textbookPort(lesson)]: raw.port } });
  return { program, peer: await raw.accept(program) };
}

/**
 * たずねられるたびに、見本の言葉を打つ。
 * @param until この番号のたずねる言葉が出たら、打たずにやめる
 * @throws {Failure} たずねる言葉が出ないとき
 */
export async function typeSample(lesson: string, program: Program, until = Infinity) {
  for (const [i, [prompt, line]] of typed[lesson].entries()) {
    await program.shows(prompt);
    if (i === until) return;
    program.type(`${line}\n`);
  }
}

/**
 * エラーで終わるのを待つ。標準エラーは「エラー: 」で始まる1行だけ、終了コードは 1 のはず。
 * @param words エラーの行にあるはずの言葉
 * @throws {Failure} 終わらないとき
 */
export async function endsInError(program: Program, ...words: (string | number)[]) {
  const { code, stderr } = await program.ends();
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^エラー: .+\n$/) });
  for (const word of words) expect(stderr).toContain(String(word));
}
