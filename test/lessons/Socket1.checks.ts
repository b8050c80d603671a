import { check, clientChecks, expectShown } from "../support/lesson.ts";
import { connect } from "../support/peer.ts";

const port = 6000;

/** メッセージ1つごとにサーバが表示するもの */
export const received = (message: string) => `Received -> ${message}\nRecepi message...\nsend message\n`;

export const checks = [
  check("サーバは、Waiting for connections... と表示して待つ", port, async (bench) => {
    const { program } = await bench.startServer();
    await program.shows("Waiting for connections...");
  }),

  check("サーバは、メッセージを受け取ると、接続が開いているうちに Get answer と返事をする", port, async (bench) => {
    const { program, server } = await bench.startServer();
    const client = await connect(server, program);
    await client.asks("こんにちは", "Get answer");
  }),

  check("サーバは、1つの接続で届くメッセージのすべてに返事をして表示し、接続が閉じると終わる", port, async (bench) => {
    const { program, server } = await bench.startServer();
    const client = await connect(server, program);
    await client.asks("1つ目", "Get answer");
    await client.asks("2つ目", "Get answer");
    client.socket.end();
    await program.ends();
    const shown = `Waiting for connections...\n${received("1つ目")}${received("2つ目")}Received -> `;
    expectShown(program, shown, "「1つ目」「2つ目」と送り、接続を閉じる");
  }),

  ...clientChecks(port, [], "Hello", "テストのサーバの返事", "テストのサーバの返事"),

  check("サーバとクライアントを合わせると、教科書のとおりに表示して、どちらも終わる", port, async (bench) => {
    const { program, server } = await bench.startServer();
    const client = bench.startClientOf(server);
    await client.ends();
    await program.ends();
    expectShown(client, "Get answer", "サーバとクライアントを動かす");
    expectShown(program, `Waiting for connections...\n${received("Hello")}Received -> `, "サーバとクライアントを動かす");
  }),
];
