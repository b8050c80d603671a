// この教材の答えの写しを、テストの中で動かし、表示と終わり方を確かめる道具
import { afterEach, beforeEach, expect } from "@jest/globals";
import type { Lesson } from "../grader/checks/lesson.ts";
import { lessons } from "../grader/lessons/all.ts";
import type { LaunchOptions } from "../grader/process/launch.ts";
import { Program } from "../grader/process/program.ts";
import { quote } from "../grader/report/render.ts";
import { editedSource, source, written, type Side } from "./source.ts";
import { Session } from "../grader/process/session.ts";
import { connect, listen } from "../grader/process/peer.ts";

/** クライアントがどれも違うレッスン。Socket2 のクライアントは、Socket1 のものと同じなので、ない */
export const withOwnClient = lessons.filter((lesson, i) => {
  const same = (one: Lesson) => source(one, "client").replaceAll(one.name, lesson.name) === source(lesson, "client");
  return !lessons.slice(0, i).some(same);
});

/** 今のテストのセッション。1つのことを待つ限度は20秒 */
export let session: Session;
beforeEach(() => void (session = new Session(20_000)));
afterEach(() => session.end());

/** これらの行を表示したもの */
export const printed = (lines: string[]) => lines.map((line) => `${line}\n`).join("");

/** 見本のクライアントが1つ来て去るまでに、サーバが始めから表示するもの */
export const serverShows = ({ port, starts, serves }: Lesson) => printed([starts(port), ...serves]);

/**
 * messages が順に届いたサーバが、始めから表示するもの。
 * @param lesson 相手が去ったときに serves の最後の行を、届くたびにほかの行を表示するもの
 */
export function serverShowsEach(lesson: Lesson, ...messages: string[]) {
  const { port, starts, message: sample, serves } = lesson;
  const each = messages.flatMap((message) => serves.slice(0, -1).map((line) => line.replace(sample, message)));
  return printed([starts(port), ...each, ...serves.slice(-1)]);
}

/** 見本の言葉を打って reply を受け取ったクライアントが、始めから終わりまでに表示するもの */
export const clientShows = ({ prompts, result }: Lesson, reply: string) =>
  printed([...prompts.flatMap(({ lines }) => lines), ...result(reply)]);

/** レッスンのファイル1つだけを写した空のフォルダの、そのファイル */
export const copy = (lesson: Lesson, side: Side) => written(`${side}.ts`, source(lesson, side));

/**
 * 書き換えた写し。
 * @param from 書き換えるところ。ファイルに1つだけあるはずの文字列
 * @returns 写したファイルと、書き換えた行の番号
 * @throws {Error} from が1つでないとき
 */
export function editedCopy(lesson: Lesson, side: Side, from: string, to: string) {
  const path = written(`${side}.ts`, editedSource(lesson, side, [from, to]));
  return { path, line: source(lesson, side).split(from)[0].split("\n").length };
}

/** 写しを、今のテストの session で、tsx なしで動かす。例外は Program.start と同じ */
export const start = (file: string, options?: LaunchOptions) =>
  Program.start(session, file, { ...options, plain: true });

/**
 * サーバを空いているポートで動かし、listen するまで待つ。PORT は空なので、教科書の番号で動くはず (クライアントも)。
 * @param file 動かすファイル。なければ、このリポジトリの写し
 * @throws {Failure} listen しないとき
 */
export async function startServer(lesson: Lesson, file = copy(lesson, "server")) {
  const program = await start(file, { PORT: "", anyPort: true });
  return { program, server: await program.listens(lesson.port) };
}

/**
 * サーバを動かし、つなぐ。
 * @param file 動かすファイル。なければ、このリポジトリの写し
 * @throws {Failure} listen しないとき、つなげないとき
 */
export async function startAndConnect(lesson: Lesson, file?: string) {
  const { program, server } = await startServer(lesson, file);
  return { program, server, client: await connect(server, session) };
}

/**
 * クライアントを、テストのサーバにつなぐ。
 * @param file 動かすファイル。なければ、このリポジトリの写し
 * @throws {Failure} つながないとき
 */
export async function startClient(lesson: Lesson, file = copy(lesson, "client")) {
  const raw = await listen(session);
  const program = await start(file, { PORT: "", connectTo: { [lesson.port]: raw.port } });
  return { program, peer: await raw.accept(program) };
}

/**
 * 始めから表示したものが、ちょうどこれになるまで待つ。
 * @param done したこと (失敗したときに見せる)
 * @throws {Error} 違うものを表示したとき、表示する前に終わったとき、限度まで待ったとき
 */
export async function showsExactly(program: Program, text: string, done: string) {
  const settled = () => program.stdout === text || !text.startsWith(program.stdout) || undefined;
  await program.until(settled, { done, expected: `${quote(text)}と表示する` });
  expect(program.stdout).toBe(text);
}

/**
 * たずねられるたびに、見本の言葉を打つ。
 * @param until この番号のたずねる言葉が出たら、打たずにやめる
 * @throws {Error} たずねる言葉が出ないとき
 */
export async function typeSample({ prompts }: Lesson, program: Program, until = Infinity) {
  for (const [i, { type }] of prompts.entries()) {
    const asked = printed(prompts.slice(0, i + 1).flatMap(({ lines }) => lines));
    await showsExactly(program, asked, `見本の言葉を ${i} 回打つ`);
    if (i === until) return;
    program.type(`${type}\n`);
  }
}

/**
 * クライアントをテストのサーバにつなぎ、見本の言葉を打って、見本のメッセージが届くまで待つ。引数は startClient と同じ。
 * @throws {Error} つながないとき、たずねる言葉が出ないとき、違うものが届いたとき
 */
export async function clientSends(lesson: Lesson, file?: string) {
  const { program, peer } = await startClient(lesson, file);
  await typeSample(lesson, program);
  await peer.gets(lesson.message, "クライアントが送るのを待つ");
  return { program, peer };
}

/**
 * 起きたばかりのことのために、1秒のうちにエラーで終わるのを待つ。
 * 標準エラーは「エラー: 」で始まる1行だけ、終了コードは 1 のはず。
 * @param words エラーの行にあるはずの言葉
 * @throws {Error} 終わらないとき、終わり方が違うとき
 */
export async function endsInError(program: Program, ...words: (string | number)[]) {
  const { code, stderr } = await program.ends(1000);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^エラー: .+\n$/) });
  for (const word of words) expect(stderr).toContain(String(word));
}
