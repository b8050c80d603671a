// うまくいかないとき: エラーの1行と終了コード 1。Ctrl-C なら、何も言わずにすぐ終わる
import { once } from "node:events";
import net from "node:net";
import { describe, expect, test } from "@jest/globals";
import { lessons } from "../grader/lessons/all.ts";
import { listen } from "../grader/process/peer.ts";
import { clientSends, copy, endsInError, startAndConnect, session } from "./run-copy.ts";
import { start, startClient, startServer, typeSample, withOwnClient } from "./run-copy.ts";

const one = lessons.filter(({ clients }) => clients === "one");
const asking = lessons.filter(({ prompts }) => prompts.length);

test.each(lessons)("$name: ポートが使われていると、サーバはその番号だけを言って終わる", async (lesson) => {
  const { port } = await listen(session);
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
test.each(lessons)("$name: ポートを使う権限がないと、サーバはその番号を言って終わる", async (lesson) => {
  if (await privileged()) await endsInError(await start(copy(lesson, "server"), { PORT: 1 }), "ポート 1 ", "権限");
});

test.each(withOwnClient)("$name: サーバがいないと、クライアントは番号と、先にすることを言う", async (lesson) => {
  // つないだ側のポートは、つながっている間だれも待ち受けられない
  const held = net.connect((await listen(session)).port, "127.0.0.1");
  await once(held, "connect");
  const program = await start(copy(lesson, "client"), { PORT: held.localPort });
  await endsInError(program, `ポート ${held.localPort} `, "先にサーバを起動");
  expect(program.stdout).toBe("");
  held.destroy();
});

describe.each(lessons)("$name", (lesson) => {
  test.each(["server", "client"] as const)("%s.ts: PORT がポート番号でないと、そう言って終わる", async (file) => {
    const check = async (PORT: string) => {
      const program = await start(copy(lesson, file), { PORT });
      await endsInError(program, `PORT=${PORT} はポート番号 (1〜65535 の整数) ではありません`);
      expect(program.stdout).toBe("");
    };
    const wrong = ["6000.5", "abc", "70000", "-1"]; // 初めのものが、ほかの読み方でいちばん見逃されやすい
    await Promise.all((lesson === lessons[0] && file === "server" ? wrong : wrong.slice(0, 1)).map(check));
  });
});

describe.each([
  ["閉じる", (socket: net.Socket) => socket.end()],
  ["リセットする", (socket: net.Socket) => socket.resetAndDestroy()],
] as const)("サーバが%sとき", (_, leave) => {
  test.each(withOwnClient)("$name: 返事をする前なら、クライアントはエラーで終わる", async (lesson) => {
    const { program, peer } = await clientSends(lesson);
    leave(peer.socket);
    await endsInError(program, "サーバ");
  });

  test.each(asking)("$name: 最後の入力を待つ間でも、クライアントはすぐにエラーで終わる", async (lesson) => {
    const { program, peer } = await startClient(lesson);
    await typeSample(lesson, program, lesson.prompts.length - 1);
    leave(peer.socket);
    await endsInError(program, "サーバ");
  });
});

describe.each(asking)("$name: たずねている間に入力が終わると、クライアントは接続を閉じ、エラーで終わる", (lesson) => {
  test.each(lesson.prompts.map((_, i) => i))("%i 回打ったあと", async (i) => {
    const { program, peer } = await startClient(lesson);
    await typeSample(lesson, program, i);
    program.endInput();
    await endsInError(program, "入力");
    expect(await peer.closes()).toBe("");
  });
});

test.each(one)("$name: クライアントが接続をリセットすると、サーバはエラーで終わる", async (lesson) => {
  const { program, client } = await startAndConnect(lesson);
  await client.exchange(lesson.message, lesson.reply);
  client.socket.resetAndDestroy();
  await endsInError(program, "クライアント");
});

// 先に届くのは「閉じた」で、答えると EPIPE になる。
// もっと多く送ると、閉じたことが届かないうちに切れて ECONNRESET になる
test.each(one)("$name: クライアントが8万バイト送り、答えを読まずに閉じると、サーバはエラーで終わる", async (lesson) => {
  const { program, client } = await startAndConnect(lesson);
  await client.exchange(lesson.message, lesson.reply);
  program.signal("SIGSTOP"); // 全部が届いて閉じるまで、サーバに読ませない
  client.socket.write("7".repeat(80_000));
  client.socket.destroySoon();
  await once(client.socket, "close");
  program.signal("SIGCONT");
  await endsInError(program, "クライアント");
});

test.each(lessons)("$name: クライアントを待つ間も、Ctrl-C ですぐに終わる", async (lesson) => {
  const { program } = await startServer(lesson);
  program.signal("SIGINT");
  expect(await program.ends(1000)).toMatchObject({ code: null, stderr: "" });
});
