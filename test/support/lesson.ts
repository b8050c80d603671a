import { existsSync } from "node:fs";
import { join } from "node:path";
import { listen } from "./peer.ts";
import { Program } from "./program.ts";
import { target } from "./target.ts";
import { Failure, inCheck, quote, tidy } from "./watch.ts";

/** 1つのレッスンを動かす道具 */
export class Bench {
  private folder: string;
  private port: number;

  /**
   * @param folder レッスンのフォルダ
   * @param port 教科書のポート番号。提出されたプログラムは、これを書き込んでいても PORT を読んでいてもよい
   */
  constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
  }

  private start(file: string, ports: Record<number, number>) {
    return new Program(join(this.folder, file), { PORT: this.port, ports, terminal: true });
  }

  /**
   * サーバを空いているポートで動かし、listen するまで待つ。
   * @throws {Failure} listen しないとき、教科書とも PORT とも違うポートで待つとき
   */
  async startServer() {
    const program = this.start("server.ts", { 6000: 0, 9000: 0 });
    const server = await program.listens();
    if (server.asked !== 6000 && server.asked !== 9000)
      program.fail("サーバを起動する", `ポート ${this.port} か、環境変数 PORT のポートで待つ`, `ポート ${server.asked} で待っています`);
    return { program, server };
  }

  /**
   * クライアントを動かし、テストのサーバにつながせる。
   * @param port テストのサーバのポート番号
   * @throws {Failure} ファイルがないとき
   */
  startClient(port: number) {
    return this.start("client.ts", { 6000: port, 9000: port });
  }

  /**
   * クライアントを動かし、提出されたサーバにつながせる。書き込んだ番号がサーバと違えば、つながらない。
   * @param server つなぐ先 (startServer() の結果)
   * @throws {Failure} ファイルがないとき
   */
  startClientOf(server: { asked: number; port: number }) {
    return this.start("client.ts", { 6000: 1, 9000: 1, [server.asked]: server.port }); // 1 はだれも待たない番号
  }
}

export type Check = { name: string; run: (folder: string) => Promise<void> };

/**
 * 検査を1つ作る。
 * @param name 何を調べるか
 * @param port 教科書のポート番号
 * @param body 調べる手順。だめなら Failure を投げる
 */
export function check(name: string, port: number, body: (bench: Bench) => Promise<void>): Check {
  return { name, run: (folder) => inCheck(() => body(new Bench(folder, port))) };
}

/**
 * クライアントの検査を作る。クライアントは1回だけ動かし、その様子を検査ごとに見る。
 * @param port 教科書のポート番号
 * @param typed たずねる言葉と、それが出てから打つ言葉
 * @param wire テストのサーバに届くはずの文字列
 * @param answer テストのサーバの返事。クライアントが自分では思いつかないもの
 * @param shown 終わったときに表示されているはずのもの
 */
export function clientChecks(port: number, typed: [prompt: string, line: string][], wire: string, answer: string, shown: string): Check[] {
  const did = typed.length ? `${typed.map(([, line]) => quote(line)).join("")}と打つ` : "クライアントを起動する";
  const answered = `テストのサーバが${quote(answer)}と返事をする`;

  async function talk(bench: Bench) {
    const raw = await listen();
    const program = bench.startClient(raw.port);
    const failed: { asks?: unknown; sends?: unknown; ends?: unknown } = {};
    for (const [prompt, line] of typed) {
      // たずねる言葉が出なくても、しばらく待ってから打ってみる。ほかの検査を続けるため
      await program.shows(prompt, failed.asks ? 200 : 3000).catch((error) => (failed.asks ??= error));
      program.type(`${line}\n`);
    }
    const peer = await raw.accept(program);
    await peer.gets(wire, did).catch((error) => (failed.sends = error));
    peer.send(answer);
    await program.ends().catch((error) => (failed.ends = error));
    if (peer.received) failed.sends ??= new Failure(`したこと: ${did}\n期待: ちょうど${quote(wire)}が届く\n実際: そのあとに${quote(peer.received)}も届きました`);
    return { program, failed };
  }
  const talks = new Map<string, ReturnType<typeof talk>>();
  const look = (name: string, see: (seen: Awaited<ReturnType<typeof talk>>) => void): Check => ({
    name,
    async run(folder) {
      if (!talks.has(folder)) talks.set(folder, inCheck(() => talk(new Bench(folder, port))));
      see(await talks.get(folder)!);
    },
  });

  const checks = [
    look("クライアントは、書いてあるとおりの言葉でたずねる", ({ failed }) => {
      if (failed.asks) throw failed.asks;
    }),
    look(`クライアントは、ちょうど ${wire} を送る`, ({ failed }) => {
      if (failed.sends) throw failed.sends;
    }),
    look("クライアントは、サーバの返事をそのまま、書いてあるとおりに表示する", ({ program }) => {
      expectShown(program, shown, answered);
    }),
    look("クライアントは、返事を表示したら終わる", ({ program, failed }) => {
      if (failed.ends) throw failed.ends;
      if (program.code !== 0) program.fail(answered, "終了コード 0 で終わる", `終了コード ${program.code} で終わりました`);
    }),
  ];
  return typed.length ? checks : checks.slice(1);
}

/**
 * 表示が、書いてあるとおりかを調べる (行の終わりの空白と、終わりの空行は問わない)。
 * @param program 調べるプログラム
 * @param expected 期待する表示
 * @param done したこと (失敗したときに見せる)
 * @throws {Failure} 違うとき
 */
export function expectShown(program: Program, expected: string, done: string) {
  if (tidy(program.stdout).trimEnd() !== tidy(expected).trimEnd())
    program.fail(done, `次のとおりに表示する\n${expected.trimEnd()}`, "表示が違います (下にあります)");
}

/**
 * 検査を jest のテストにする。フォルダがないレッスンは調べない。
 * @param name レッスンのフォルダの名前
 */
export function testLesson(name: string, checks: Check[]) {
  const folder = join(target, name);
  (existsSync(folder) ? describe : describe.skip)(name, () => {
    for (const { name, run } of checks) test.concurrent(name, () => run(folder)); // maxConcurrency ずつ同時に
  });
}
