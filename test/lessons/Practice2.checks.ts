import { check, clientChecks, expectShown } from "../support/lesson.ts";
import { connect } from "../support/peer.ts";

const port = 9000;
export const menu = `計算結果を返すサービスです
実行する演算子を入力してください
足し算--->add
引き算--->sub
掛け算--->mul
割り算--->div`;
export const first = "1つ目の数を入力してください";
export const second = "2つ目の数を入力してください";
const transcript = (answer: string) => `${menu}\n${first}\n${second}\n[Result]\n${answer}`;

/** サーバは、この計算を頼まれると、この答えを返す */
const answers = (message: string, answer: string) =>
  check(`サーバは、${message} を頼まれると、接続が開いているうちに ${answer} を返す`, port, async (bench) => {
    const { program, server } = await bench.startServer();
    const client = await connect(server, program);
    await client.asks(message, answer);
  });

/** 提出されたサーバとクライアントを合わせて、7 と 4 を続けて2回計算させる */
const pair = (...tries: [operator: string, answer: string][]) =>
  check(`サーバとクライアントを合わせると、7 と 4 から ${tries.map((one) => one.join(" で ")).join("、")} と表示する`, port, async (bench) => {
    const { server } = await bench.startServer();
    for (const [operator, answer] of tries) {
      const client = bench.startClientOf(server);
      await client.shows(menu);
      client.type(`${operator}\n`);
      await client.shows(first);
      client.type("7\n");
      await client.shows(second);
      client.type("4\n");
      await client.ends();
      expectShown(client, transcript(answer), `サーバとクライアントを動かし、「${operator}」「7」「4」と打つ`);
    }
  });

export const checks = [
  check("サーバは、listen ('127.0.0.1', 9000) と表示して待つ", port, async (bench) => {
    const { program } = await bench.startServer();
    await program.shows(/^listen \('127\.0\.0\.1', \d+\)$/m);
  }),

  answers("add,30,12", "42"),
  answers("sub,12,30", "-18"),
  answers("mul,30,12", "360"),
  answers("div,30,12", "2.5"),

  check("サーバは、1つの接続で届く計算のすべてに結果を返す", port, async (bench) => {
    const { program, server } = await bench.startServer();
    const client = await connect(server, program);
    await client.asks("mul,7,4", "28");
    await client.asks("div,8,4", ["2", "2.0"]);
    await client.asks("add,100,23", "123");
  }),

  check("サーバは、前のクライアントが閉じたあと、次のクライアントにも結果を返す", port, async (bench) => {
    const { program, server } = await bench.startServer();
    const before = await connect(server, program);
    await before.asks("add,1,5", "6");
    before.socket.end();
    await before.closes();
    const next = await connect(server, program);
    await next.asks("add,2,5", "7");
  }),

  ...clientChecks(port, [[menu, "sub"], [first, "30"], [second, "12"]], "sub,30,12", "31415", transcript("31415")),

  pair(["add", "11"], ["sub", "3"]),
  pair(["mul", "28"], ["div", "1.75"]),
];
