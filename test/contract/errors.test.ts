// うまくいかないとき: エラーの1行と終了コード 1
import net from "node:net";
import { once } from "node:events";
import { copy, endsInError, sample, servesOne, startClient, startServer, typed, typeSample } from "../support/contract.ts";
import { connect, listen } from "../support/peer.ts";
import { Program } from "../support/program.ts";
import { lessons } from "../support/target.ts";

const asking = lessons.filter((lesson) => typed[lesson].length > 0);
const everyPrompt = asking.flatMap((lesson) => typed[lesson].map((_, i) => [lesson, i] as const));

test.each(lessons)("%s: ポートが使われていると、サーバはその番号を言って終わる", async (lesson) => {
  const { port } = await listen();
  await endsInError(new Program(copy(lesson, "server"), { PORT: port }), `ポート ${port} `);
});

test.each(lessons)("%s: サーバがいないと、クライアントは番号を言い、先にサーバを起動するよう言って終わる", async (lesson) => {
  // つないだ側のポートは、つながっている間だれも待ち受けられない
  const held = net.connect((await listen()).port, "127.0.0.1");
  await once(held, "connect");
  const program = new Program(copy(lesson, "client"), { PORT: held.localPort });
  await endsInError(program, `ポート ${held.localPort} `, "先にサーバを起動");
  expect(program.stdout).toBe("");
  held.destroy();
});

test.each([
  ["Socket1", "abc", "70000"],
  ["Socket2", "6000.5", "-1"],
  ["Practice1", "70000", "abc"],
  ["Practice2", "-1", "6000.5"],
])("%s: PORT がポート番号でないと、サーバ (%s) もクライアント (%s) も、そう言って終わる", async (lesson, forServer, forClient) => {
  const server = new Program(copy(lesson, "server"), { PORT: forServer });
  await endsInError(server, `PORT=${forServer} `, "ポート番号 (1〜65535 の整数) ではありません");
  const client = new Program(copy(lesson, "client"), { PORT: forClient });
  await endsInError(client, `PORT=${forClient} `, "ポート番号 (1〜65535 の整数) ではありません");
  expect(server.stdout + client.stdout).toBe("");
});

describe.each([
  ["閉じる", (socket: net.Socket) => socket.end()],
  ["リセットする", (socket: net.Socket) => socket.resetAndDestroy()],
] as const)("サーバが%sとき", (_, leave) => {
  test.each(lessons)("%s: 返事をする前なら、クライアントはエラーで終わる", async (lesson) => {
    const { program, peer } = await startClient(lesson);
    await typeSample(lesson, program);
    await peer.gets(sample[lesson][0], "クライアントが送るのを待つ");
    leave(peer.socket);
    await endsInError(program, "サーバ");
  });

  test.each(asking)("%s: 最後の入力を待つ間でも、クライアントはすぐにエラーで終わる", async (lesson) => {
    const { program, peer } = await startClient(lesson);
    await typeSample(lesson, program, typed[lesson].length - 1);
    leave(peer.socket);
    await endsInError(program, "サーバ");
  });
});

test.each(everyPrompt)("%s: 入力 (%i) の前に入力が終わると、クライアントは接続を閉じ、エラーで終わる", async (lesson, i) => {
  const { program, peer } = await startClient(lesson);
  await typeSample(lesson, program, i);
  program.endInput();
  await endsInError(program, "入力");
  expect(await peer.closes()).toBe("");
});

test.each(servesOne)("%s: クライアントが接続をリセットすると、サーバはエラーで終わる", async (lesson) => {
  const { program, server } = await startServer(lesson);
  const client = await connect(server, program);
  await client.asks(...sample[lesson]);
  client.socket.resetAndDestroy();
  await endsInError(program, "クライアント");
});
