import { expectShown, lesson } from "../support/lesson.ts";
import { connect } from "../support/peer.ts";

const { test, startServer, startClient, testStart, testClient } = lesson("Practice1", 6000);

describe("Practice1 (実践1: 二乗) のサーバ", () => {
  testStart("Waiting for connections...", "Waiting for connections...");

  test("数を受け取ると、接続が開いているうちに2乗を返す", async () => {
    const { program, server } = await startServer();
    const client = await connect(server, program);
    await client.asks("13", "169");
  });

  test("1つの接続で届く数のすべてに2乗を返す", async () => {
    const { program, server } = await startServer();
    const client = await connect(server, program);
    for (const num of [67, 9, 1000, 1]) await client.asks(String(num), String(num * num));
  });
});

describe("Practice1 (実践1: 二乗) のクライアント", () => {
  testClient([["数字を入力してください", "12"]], "12", "31415", "数字を入力してください\nAnswer:31415");
});

describe("Practice1 (実践1: 二乗) のサーバとクライアント", () => {
  test("67 と打つと Answer:4489 と表示する", async () => {
    const { server } = await startServer();
    const client = startClient(server.port);
    await client.shows("数字を入力してください");
    client.type("67\n");
    await client.ends();
    expectShown(client, "数字を入力してください\nAnswer:4489", "サーバとクライアントを動かし、67 と打つ");
  });
});
