import { expectShown, lesson } from "../support/lesson.ts";
import { connect } from "../support/peer.ts";

const { test, startServer, startClient, testStart, testClient } = lesson("Socket1", 6000);
const received = (message: string) => `Received -> ${message}\nRecepi message...\nsend message\n`;

describe("Socket1 のサーバ", () => {
  testStart("Waiting for connections...", "Waiting for connections...");

  test("メッセージを受け取ると、接続が開いているうちに Get answer と返事をする", async () => {
    const { program, server } = await startServer();
    const client = await connect(server, program);
    await client.asks("こんにちは", "Get answer");
  });

  test("1つの接続で届くメッセージのすべてに返事をして表示し、接続が閉じると終わる", async () => {
    const { program, server } = await startServer();
    const client = await connect(server, program);
    await client.asks("1つ目", "Get answer");
    await client.asks("2つ目", "Get answer");
    client.socket.end();
    await program.ends();
    expectShown(
      program,
      `Waiting for connections...\n${received("1つ目")}${received("2つ目")}Received -> `,
      "「1つ目」「2つ目」と送り、接続を閉じる",
    );
  });
});

describe("Socket1 のクライアント", () => {
  testClient([], "Hello", "テストのサーバの返事", "テストのサーバの返事");
});

describe("Socket1 のサーバとクライアント", () => {
  test("教科書のとおりに表示して、どちらも終わる", async () => {
    const { program, server } = await startServer();
    const client = startClient(server.port);
    await client.ends();
    await program.ends();
    expectShown(client, "Get answer", "サーバとクライアントを動かす");
    expectShown(program, `Waiting for connections...\n${received("Hello")}Received -> `, "サーバとクライアントを動かす");
  });
});
