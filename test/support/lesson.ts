import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { listen } from "./peer.ts";
import { Program } from "./program.ts";
import { quote, tidy } from "./watch.ts";

/** リポジトリのいちばん上のフォルダ */
export const root = resolve(import.meta.dirname, "../..");

/** 調べるレッスンがあるフォルダ。SUBMISSION がなければ、このリポジトリの答え */
export const target = process.env.SUBMISSION ? resolve(process.env.INIT_CWD ?? "", process.env.SUBMISSION) : root;

/**
 * レッスン1つを調べる道具。フォルダがなければ、そのレッスンは調べない。
 * 提出されたプログラムは、ポート番号を書き込んでいても PORT を読んでいてもよい。
 * @param name レッスンのフォルダの名前
 * @param port 教科書のポート番号
 */
export function lesson(name: string, port: number) {
  const folder = join(target, name);

  /** サーバを動かし、listen するまで待つ。@throws {Failure} listen しないとき、別のポートで待っているとき */
  async function startServer() {
    const program = new Program(join(folder, "server.ts"), { PORT: port, ports: { 6000: 0, 9000: 0 } });
    const server = await program.listens();
    if (server.asked !== 6000 && server.asked !== 9000)
      program.fail("サーバを起動する", `ポート ${port} (または環境変数 PORT) で待つ`, `ポート ${server.asked} で待っています`);
    return { program, server };
  }

  /** クライアントを動かす。つなぐ先は、to の番号のポートになる */
  function startClient(to: number) {
    return new Program(join(folder, "client.ts"), { PORT: port, ports: { 6000: to, 9000: to } });
  }

  const test = existsSync(folder) ? it : it.skip;

  /** サーバの起動を調べる検査を置く */
  function testStart(line: string, shown: string | RegExp) {
    test(`起動すると ${line} と表示して待つ`, async () => {
      const { program } = await startServer();
      await program.shows(shown);
    });
  }

  /**
   * クライアントの検査を置く。クライアントは1回だけ動かし、その様子を検査ごとに見る。
   * @param typed たずねる言葉と、それが出てから打つ言葉
   * @param wire テストのサーバに届くはずの文字列
   * @param answer テストのサーバの返事。クライアントが自分では思いつかないもの
   * @param shown 終わったときに表示されているはずのもの
   */
  function testClient(typed: [prompt: string, line: string][], wire: string, answer: string, shown: string) {
    const did = typed.length ? `${typed.map(([, line]) => quote(line)).join("")}と打つ` : "クライアントを起動する";
    let talk: ReturnType<typeof run> | undefined;
    async function run() {
      const raw = await listen();
      const program = startClient(raw.port);
      const failures: { asks?: unknown; sends?: unknown; ends?: unknown } = {};
      for (const [prompt, line] of typed) {
        // たずねる言葉が出なくても、しばらく待ってから打ってみる。ほかの検査を続けるため
        await program.shows(prompt, 3000 / typed.length).catch((error) => (failures.asks ??= error));
        program.type(`${line}\n`);
      }
      const peer = await raw.accept(program);
      await peer.gets(wire, did).catch((error) => (failures.sends = error));
      peer.send(answer);
      await program.ends().catch((error) => (failures.ends = error));
      return { program, failures };
    }

    if (typed.length)
      test("書いてあるとおりの言葉でたずねる", async () => {
        const { failures } = await (talk ??= run());
        if (failures.asks) throw failures.asks;
      });

    test(`${typed.length ? "打たれたものから" : ""}ちょうど ${wire} を送る`, async () => {
      const { failures } = await (talk ??= run());
      if (failures.sends) throw failures.sends;
    });

    test("サーバの返事をそのまま、書いてあるとおりに表示する", async () => {
      const { program } = await (talk ??= run());
      expectShown(program, shown, `サーバから${quote(answer)}と返事をする`);
    });

    test("返事を表示したら終わる", async () => {
      const { program, failures } = await (talk ??= run());
      if (failures.ends) throw failures.ends;
      if (program.code !== 0) program.fail(`サーバから${quote(answer)}と返事をする`, "終了コード 0 で終わる", `終了コード ${program.code} で終わりました`);
    });
  }

  return { test, startServer, startClient, testStart, testClient };
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
