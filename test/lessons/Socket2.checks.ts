import { check, clientChecks, expectShown } from "../support/lesson.ts";
import { connect } from "../support/peer.ts";

const port = 6000;

export const checks = [
  check("サーバは、listen ('127.0.0.1', 6000) と表示して待つ", port, async (bench) => {
    const { program } = await bench.startServer();
    await program.shows(/^listen \('127\.0\.0\.1', \d+\)$/m);
  }),

  check("サーバは、メッセージを受け取ると、接続が開いているうちに GETS と返事をして表示する", port, async (bench) => {
    const { program, server } = await bench.startServer();
    const client = await connect(server, program);
    await client.asks("こんにちは", "GETS");
    await program.shows(/^こんにちは$/m);
  }),

  check("サーバは、1つの接続で届くメッセージのすべてに返事をする", port, async (bench) => {
    const { program, server } = await bench.startServer();
    const client = await connect(server, program);
    for (const message of ["1つ目", "2つ目", "3つ目"]) await client.asks(message, "GETS");
  }),

  check("サーバは、前のクライアントが閉じたあと、次のクライアントにも返事をする", port, async (bench) => {
    const { program, server } = await bench.startServer();
    const before = await connect(server, program);
    await before.asks("はじめまして", "GETS");
    before.socket.end();
    await before.closes();
    const next = await connect(server, program);
    await next.asks("次の人です", "GETS");
  }),

  ...clientChecks(port, [], "Hello", "テストのサーバの返事", "テストのサーバの返事"),

  check("サーバとクライアントを合わせると、Hello が届き、GETS と表示する", port, async (bench) => {
    const { program, server } = await bench.startServer();
    const client = bench.startClientOf(server);
    await client.ends();
    expectShown(client, "GETS", "サーバとクライアントを動かす");
    await program.shows(/^Hello$/m);
  }),
];
