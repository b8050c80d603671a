// うまくいかないとき: エラーの1行と終了コード 1
import { once } from "node:events";
import net from "node:net";
import { connect, listen } from "../support/peer.ts";
import { lessons } from "../support/target.ts";
import { asking, copy, endsInError, sample, servesOne, start, startClient, startServer, trial, typed, typeSample } from "./tools.ts";

const everyPrompt = asking.flatMap((lesson) => typed[lesson].map((_, i) => [lesson, i] as const));
const files = ["server", "client"] as const;

test.each(lessons)("%s: ポートが使われていると、サーバはその番号を言って終わる。ほかには何も表示しない", async (lesson) => {
  const { port } = await listen(trial);
  const program = await start(copy(lesson, "server"), { PORT: port });
  await endsInError(program, `ポート ${port} `);
  expect(program.stdout).toBe("");
});

/** 1 のような小さな番号で待つのに、管理者の権限が要るか */
const privileged = async () => {
  const server = net.createServer().listen(1, "127.0.0.1");
  const error = await once(server, "listening").then(() => undefined, (error) => error.code);
  server.close();
  return error === "EACCES";
};

// 管理者として、または権限の要らないシステムで動かすときは、確かめようがない
test.each(lessons)("%s: ポートを使う権限がないと、サーバはその番号を言って終わる", async (lesson) => {
  if (await privileged()) await endsInError(await start(copy(lesson, "server"), { PORT: 1 }), "ポート 1 ", "権限");
});

test.each(lessons)("%s: サーバがいないと、クライアントは番号を言い、先にサーバを起動するよう言って終わる", async (lesson) => {
  // つないだ側のポートは、つながっている間だれも待ち受けられない
  const held = net.connect((await listen(trial)).port, "127.0.0.1");
  await once(held, "connect");
  const program = await start(copy(lesson, "client"), { PORT: held.localPort });
  await endsInError(program, `ポート ${held.localPort} `, "先にサーバを起動");
  expect(program.stdout).toBe("");
  held.destroy();
});

test.each(lessons.flatMap((lesson) => files.map((file) => [lesson, file] as const)))(
  "%s/%s.ts: PORT がポート番号でないと、そう言って終わる",
  async (lesson, file) => {
    const bad = ["abc", "70000", "-1", "6000.5"].map(async (PORT) => {
      const program = await start(copy(lesson, file), { PORT });
      await endsInError(program, `PORT=${PORT} はポート番号 (1〜65535 の整数) ではありません`);
      expect(program.stdout).toBe("");
    });
    await Promise.all(bad);
  },
);

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

// 先に届くのは「閉じた」で、答えると EPIPE になる。もっと多く送ると、閉じたことが届かないうちに切れて ECONNRESET になる
test.each(servesOne)("%s: クライアントが8万バイト送って、答えを読まずに閉じると、サーバはエラーで終わる", async (lesson) => {
  const { program, server } = await startServer(lesson);
  const client = await connect(server, program);
  await client.asks(...sample[lesson]);
  program.signal("SIGSTOP"); // 全部が届いて閉じるまで、サーバに読ませない
  client.socket.write("7".repeat(80_000));
  client.socket.destroySoon();
  await once(client.socket, "close");
  program.signal("SIGCONT");
  await endsInError(program, "クライアント");
});

test.each(lessons)("%s: クライアントを待つ間も、Ctrl-C ですぐに終わる", async (lesson) => {
  const { program } = await startServer(lesson);
  program.signal("SIGINT");
  expect(await program.ends(1000)).toMatchObject({ code: null, stderr: "" });
});
