import { expectShown, lesson } from "../support/lesson.ts";
import { connect } from "../support/peer.ts";

const { test, startServer, startClient, testStart, testClient } = lesson("Socket2", 6000);

describe("Socket2 のサーバ", () => {
  testStart("listen ('127.0.0.1', 6000)", /^listen \('127\.0\.0\.1', \d+\)[^\S\n]*$/m);

  test("メッセージを受け取ると、接続が開いているうちに GETS と返事をする", async () => {
    const { program, server } = await startServer();
    const client = await connect(server, program);
    await client.asks("こんにちは", "GETS");
    await program.shows("\nこんにちは");
  });

  test("1つの接続で届くメッセージのすべてに返事をする", async () => {
    const { program, server } = await startServer();
    const client = await connect(server, program);
    for (const message of ["1つ目", "2つ目", "3つ目"]) await client.asks(message, "GETS");
  });

  test("前のクライアントが閉じたあと、次のクライアントにも返事をする", async () => {
    const { program, server } = await startServer();
    const first = await connect(server, program);
    await first.asks("はじめまして", "GETS");
    first.socket.end();
    await first.closes();
    const second = await connect(server, program);
    await second.asks("次の人です", "GETS");
  });
});

describe("Socket2 のクライアント", () => {
  testClient([], "Hello", "テストのサーバの返事", "テストのサーバの返事");
});

describe("Socket2 のサーバとクライアント", () => {
  test("教科書のとおりに、Hello を届けて GETS と表示する", async () => {
    const { program, server } = await startServer();
    const client = startClient(server.port);
    await client.ends();
    expectShown(client, "GETS", "サーバとクライアントを動かす");
    await program.shows("\nHello\n");
  });
});
