// 採点の検査の骨組み: レッスンを動かし、頼み、だめなら訳を言う
import { cpSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { connect, type Peer } from "./peer.ts";
import { Program, type Options } from "./program.ts";
import { hint, isFolder, lessons, root, target } from "./target.ts";
import { Failure, Trial } from "./trial.ts";
import { difference, quote, toLines } from "./words.ts";

/** 検査の動かし方。patience は検査1つの持ち時間 (ms) で、プログラムが動き始めてから数える */
export type CheckOptions = Options & { patience?: number };

/** 答えや表示のあとに何も来ないことを確かめる長さ (ms) */
const silence = 1000;

/** レッスンの名前と、教科書のポート番号 */
export type Lesson = { name: string; port: number };

/** 検査の中で使う値。走らせるたびに違うが、環境変数 SEED が同じなら同じになる */
export class Values {
  private state: number;

  /** @param name 検査の名前。検査ごとに違う値になる */
  constructor(name: string) {
    this.state = [...`${process.env.SEED} ${name}`].reduce((sum, char) => Math.imul(sum ^ char.codePointAt(0)!, 0x01000193), 0x811c9dc5);
  }

  /** min 以上 max 以下の整数 */
  integer(min: number, max: number): number {
    // mulberry32
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return min + (((t ^ (t >>> 14)) >>> 0) % (max - min + 1));
  }

  /** どの行とも紛れない、短い言葉 */
  word(): string {
    return `${["りんご", "みかん", "ぶどう", "さくら", "すみれ"][this.integer(0, 4)]}${this.integer(100, 999)}`;
  }
}

/** 検査1つの道具: 提出されたプログラムを動かす */
export class Bench {
  values: Values;
  trial: Trial;
  lesson: Lesson;
  patience: number;
  private folder: string;
  private options: Options;

  /**
   * @param folder レッスンのフォルダ
   * @param name 検査の名前
   * @param steps 持ち時間を、いくつの検査の分にするか
   */
  constructor(lesson: Lesson, folder: string, name: string, { patience = 5000, ...options }: CheckOptions, steps = 1) {
    this.lesson = lesson;
    this.folder = folder;
    this.options = options;
    this.values = new Values(name);
    this.patience = patience;
    this.trial = new Trial(patience * steps);
  }

  /**
   * サーバを手で動かすときと同じに (PORT なしで) 動かし、教科書のポートで待つのを待つ。
   * @throws {Failure} 教科書のポートで待たないとき
   */
  async startServer() {
    const program = await this.start("server.ts", { ports: {} });
    return { program, server: await program.listens(this.lesson.port) };
  }

  /**
   * サーバを動かす。待つポートは問わない検査のためのもので、6000 でも 9000 でも PORT でもよい。
   * @throws {Failure} どれでも待たないとき
   */
  async startServerAnywhere() {
    const program = await this.start("server.ts", { PORT: this.lesson.port, ports: {} });
    return { program, server: await program.listens(this.lesson.port, ...[6000, 9000].filter((port) => port !== this.lesson.port)) };
  }

  /** startServerAnywhere のサーバにつなぐ。引数と例外は、それと同じ */
  async meet() {
    const { program, server } = await this.startServerAnywhere();
    return { program, server, client: new Questions(await connect(server, program)) };
  }

  /**
   * クライアントを、テストのサーバにつながるように動かす。
   * @param port テストのサーバのポート番号
   */
  startClient(port: number) {
    return this.start("client.ts", { PORT: this.lesson.port, ports: { 6000: port, 9000: port } });
  }

  /**
   * クライアントを手で動かすときと同じに (PORT なしで) 動かす。教科書のポートの先には、提出されたサーバがいる。
   * @param port 提出されたサーバの本当のポート番号
   */
  startClientByHand(port: number) {
    return this.start("client.ts", { ports: { 6000: 1, 9000: 1, [this.lesson.port]: port } }); // 1 ではだれも待たない
  }

  private start(file: string, options: Options) {
    return Program.start(this.trial, join(this.folder, file), { ...options, ...this.options, terminal: true });
  }
}

/** 頼んだことへの答えとしてよいもの */
export type Answer = { words: string; right: (text: string) => boolean };

/** ちょうどこの文字列の答え */
export const exactly = (text: string | number): Answer => ({ words: quote(String(text)), right: (answer) => answer === String(text) });

/** どんな答えでもよい (正しさは、ほかの検査が問う) */
export const anything: Answer = { words: "何か", right: () => true };

/** 接続1つで順に頼む。答えの値だけを見て、前の答えの繰り返しや改行は問わない (answersOnce が問う) */
export class Questions {
  peer: Peer;
  private past: string[] = [];

  constructor(peer: Peer) {
    this.peer = peer;
  }

  /**
   * 頼んで、正しい答えが届くまで待つ。
   * @param message 頼む言葉
   * @throws {Failure} 違う答えが届いたとき、届く前に閉じられたとき、限度まで待ったとき
   */
  async ask(message: string, answer: Answer) {
    const { peer } = this;
    const done = `${quote(message)}を送り、接続を開いたまま返事を待つ`;
    const expected = `${answer.words}が届く`;
    const options = { saw: () => (this.fresh() ? `${quote(this.fresh())}が届きました` : peer.saw()) }; // 前の答えの繰り返しだけなら、それを
    this.past = this.past.filter((one) => !answer.right(one)); // いつも同じ返事のレッスンでは、繰り返しと区別できない
    peer.send(message);
    await peer.until(() => this.fresh() || undefined, done, expected, options);
    const right = () => this.once(this.fresh(), answer);
    const found = await peer.until(right, done, expected, { ...options, limit: 500 }); // 途中までなら、残りを待つ
    this.past.unshift(found);
    peer.received = "";
  }

  /** 届いたもののうち、前の答えの繰り返しと前後の空白を除いたもの */
  private fresh(): string {
    let text = this.peer.received.trim();
    for (let again; (again = this.past.find((one) => text.startsWith(one) && text.length !== one.length)); ) text = text.slice(again.length).trim();
    return this.past.includes(text) ? "" : text;
  }

  /** 答えが1回か、同じものが繰り返されていれば、その1回分 */
  private once(text: string, { right }: Answer): string | undefined {
    return [text, text.slice(0, text.length / 2), text.split(/\s/)[0]].find((one) => right(one) && !text.replaceAll(one, "").trim());
  }
}

/**
 * 答えは1回だけで、あとから何も来ないことを確かめる。
 * @throws {Failure} 答えがちょうどでないとき、あとから何か届いたとき
 */
export async function answersOnce(peer: Peer, message: string, expected: string) {
  const done = `${quote(message)}を送り、返事のあとも接続を開いたままにする`;
  const wanted = `${quote(expected)}が1回だけ届く`;
  const wrong = () => (expected.startsWith(peer.received.slice(0, expected.length)) ? undefined : peer.saw());
  const more = () => (peer.received.length > expected.length ? `そのあとに${quote(peer.received.slice(expected.length))}も届きました` : undefined);
  peer.send(message);
  await peer.until(() => wrong() ?? (peer.received.length >= expected.length || undefined), done, wanted, { saw: () => peer.saw() });
  const fault = wrong() ?? (await peer.quiet(more, silence));
  if (fault) await peer.fail(done, wanted, fault);
}

/**
 * 表示が、書いてあるとおりになるのを待つ (行の終わりの空白は問わない)。
 * @param program 調べるプログラム
 * @param expected 期待する行
 * @param done したこと (失敗したときに見せる)
 * @param lines 比べる行。なければ、表示のすべて (最後の空行は除く)
 * @param explain 違うときに、代わりに知らせる訳
 * @throws {Failure} 終わっても、限度まで待っても、そうならないとき、あとから何か表示したとき
 */
export async function showsLines(
  program: Program,
  expected: string[],
  done: string,
  lines = () => withoutTail(toLines(program.stdout)),
  explain: () => string | undefined = () => undefined,
) {
  const differs = () => difference(expected, lines());
  const same = () => (differs() ? undefined : true);
  const wanted = `${program.name} が次のとおりに表示する\n${expected.join("\n")}`;
  await program.until(same, done, wanted, { saw: () => explain() ?? differs() });
  const more = await program.quiet(differs, silence); // 終わるプログラムなら、終わるまで
  if (more) await program.fail(done, wanted, more);
}

/**
 * 提出されたサーバとクライアントを合わせる検査を作る。どちらも、手で動かすときと同じに動かす。
 * @param typed クライアントがたずねる行と、それが出てから打つ言葉
 * @param shows クライアントが、始めから終わりまでに表示する行
 * @param serverShows サーバが表示する行。問わないなら undefined
 */
export function pairCheck(lesson: Lesson, typed: [lines: string[], type: string][], shows: string[], serverShows?: string[]): Check {
  const words = typed.map(([, type]) => quote(type)).join("");
  return check(lesson, `サーバとクライアントを合わせると、教科書のとおりに${words && `${words}と打って、`}表示する`, async (bench) => {
    const done = `PORT なしでサーバとクライアントを動かす${words && `。${words}と打つ`}`;
    const { program, server } = await bench.startServer();
    const client = await bench.startClientByHand(server.port);
    const missed = () =>
      client.connecting.length && !client.connecting.includes(lesson.port)
        ? `クライアントは、ポート ${client.connecting.join(" と ")} につなごうとしました。サーバはポート ${lesson.port} で待っています`
        : undefined;
    const before: string[] = [];
    for (const [lines, type] of typed) {
      before.push(...lines);
      const differs = () => difference(before, toLines(client.stdout).slice(0, before.length));
      await client.until(() => (differs() ? undefined : true), done, `次の行を表示する\n${lines.join("\n")}`, { saw: () => missed() ?? differs() });
      client.type(`${type}\n`);
    }
    await showsLines(client, shows, done, undefined, missed);
    if (serverShows) await showsLines(program, serverShows, done);
  });
}

/** 最後の空行を除く */
export function withoutTail(lines: string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
}

export type Check = { name: string; run: (folder: string, options?: CheckOptions) => Promise<void> };

/**
 * 検査を1つ作る。
 * @param name 何を調べるか
 * @param body 調べる手順。だめなら Failure を投げる
 */
export function check(lesson: Lesson, name: string, body: (bench: Bench) => Promise<void>): Check {
  return {
    name,
    async run(folder, options = {}) {
      const bench = new Bench(lesson, folder, name, options);
      try {
        await body(bench);
      } finally {
        await bench.trial.end();
      }
    },
  };
}

/** このリポジトリの答えの写し。package.json のない所に置くと、早く始まる */
function answers(): string {
  const folder = mkdtempSync(join(process.env.TEST_FOLDER!, "answers-"));
  for (const name of lessons) cpSync(join(root, name), join(folder, name), { recursive: true });
  return folder;
}

/**
 * 検査を jest のテストにする。名指しされていないレッスンは、フォルダがなければ調べない。
 * 止まった提出を待つ間も、ほかを調べられるように、みな同時に動かす (package.json の maxConcurrency)。
 * @param lesson レッスン
 */
export function testLesson(lesson: Lesson, checks: Check[]) {
  const folder = join(process.env.SUBMISSION ? target : answers(), lesson.name);
  const options = { commonjs: !process.env.SUBMISSION };
  const there = isFolder(folder);
  const named = process.env.NAMED?.split(" ").includes(lesson.name);
  describe(lesson.name, () => {
    if (!there && !named) test.skip("提出されていません", () => {});
    else
      for (const { name, run } of checks)
        test.concurrent(name, async () => {
          if (!there) throw new Failure(`フォルダがありません: ${lesson.name}${hint(target, [lesson.name])}`);
          await run(folder, options);
        });
  });
}
