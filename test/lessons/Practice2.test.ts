import { expectShown, lesson } from "../support/lesson.ts";
import { connect } from "../support/peer.ts";

const { test, startServer, startClient, testStart, testClient } = lesson("Practice2", 9000);

const menu = `計算結果を返すサービスです
実行する演算子を入力してください
足し算--->add
引き算--->sub
掛け算--->mul
割り算--->div`;
const first = "1つ目の数を入力してください";
const second = "2つ目の数を入力してください";

describe("Practice2 (実践2: 計算) のサーバ", () => {
  testStart("listen ('127.0.0.1', 9000)", /^listen \('127\.0\.0\.1', \d+\)[^\S\n]*$/m);

  test.each([
    ["足し算", "add,30,12", "42"],
    ["引き算", "sub,30,12", "18"],
    ["掛け算", "mul,30,12", "360"],
    ["割り算", "div,30,12", "2.5"],
  ])("%sを頼まれると、接続が開いているうちに結果を返す (%s)", async (_, message, answer) => {
    const { program, server } = await startServer();
    const client = await connect(server, program);
    await client.asks(message, answer);
  });

  test("1つの接続で届く計算のすべてに結果を返す", async () => {
    const { program, server } = await startServer();
    const client = await connect(server, program);
    await client.asks("mul,7,4", "28");
    await client.asks("div,8,4", ["2", "2.0"]);
    await client.asks("add,100,23", "123");
  });

  test("前のクライアントが閉じたあと、次のクライアントにも結果を返す", async () => {
    const { program, server } = await startServer();
    const before = await connect(server, program);
    await before.asks("add,1,5", "6");
    before.socket.end();
    await before.closes();
    const next = await connect(server, program);
    await next.asks("add,2,5", "7");
  });
});

describe("Practice2 (実践2: 計算) のクライアント", () => {
  testClient(
    [
      [menu, "sub"],
      [first, "30"],
      [second, "12"],
    ],
    "sub,30,12",
    "31415",
    `${menu}\n${first}\n${second}\n[Result]\n31415`,
  );
});

describe("Practice2 (実践2: 計算) のサーバとクライアント", () => {
  test("1つのサーバで、4つの演算子のどれを打っても結果を表示する", async () => {
    const { server } = await startServer();
    for (const [operator, answer] of Object.entries({ add: "11", sub: "3", mul: "28", div: "1.75" })) {
      const client = startClient(server.port);
      await client.shows(menu);
      client.type(`${operator}\n`);
      await client.shows(first);
      client.type("7\n");
      await client.shows(second);
      client.type("4\n");
      await client.ends();
      expectShown(client, `${menu}\n${first}\n${second}\n[Result]\n${answer}`, `サーバとクライアントを動かし、${operator} と 7 と 4 を打つ`);
    }
  });
});
