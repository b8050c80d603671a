// サーバの縁: すぐの再起動、改行の付いたメッセージ、同時に来る、落ちる、読まないクライアント
import { once } from "node:events";
import net from "node:net";
import { expect, test } from "@jest/globals";
import { lessonNamed, lessons } from "../grader/lessons/all.ts";
import { connect } from "../grader/process/peer.ts";
import { copy, start, startAndConnect, startServer, session } from "./run-copy.ts";

const one = lessons.filter(({ clients }) => clients === "one");
const many = lessons.filter(({ clients }) => clients === "many");
const asking = lessons.filter(({ prompts }) => prompts.length);

test.each(lessons)("$name: 終わったばかりのポートで、すぐにまた始められ、その番号を表示する", async (lesson) => {
  const { program, server, client } = await startAndConnect(lesson);
  expect(server.address).toBe("127.0.0.1"); // ほかの計算機からはつなげない
  await client.exchange(lesson.message, lesson.reply);
  if (lesson.clients === "many") program.signal("SIGINT");
  else client.leave();
  await program.ends();
  const again = await start(copy(lesson, "server"), { PORT: server.port });
  await again.listens(server.port);
  await again.shows(lesson.starts(server.port));
});

test.each([
  ["Socket1", "Received ->  Hello \n\nRecepi message...\n"],
  ["Socket2", "\n Hello \n\n"],
])("%s: メッセージは、最後の改行もそのまま表示する", async (name, shown) => {
  const lesson = lessonNamed(name);
  const { program, client } = await startAndConnect(lesson);
  await client.exchange(" Hello \n", lesson.reply);
  const wait = { done: "改行の付いたメッセージを送る", expected: "改行の付いたまま表示する" };
  await program.until(() => program.stdout.includes(shown) || undefined, wait);
});

test.each(one)("$name: 同時に来た2つ目のクライアントは断り、1つ目が閉じると終わる", async (lesson) => {
  const { message, reply } = lesson;
  const { program, server } = await startServer(lesson);
  program.signal("SIGSTOP"); // 2つとも、サーバが受け付ける前に並ばせる
  const first = await connect(server, session);
  const second = await connect(server, session);
  program.signal("SIGCONT");
  expect(await second.closes()).toBe("");
  await first.exchange(message, reply);
  const third = await connect(server, session);
  expect(await third.closes()).toBe("");
  await first.exchange(message, reply);
  first.socket.end();
  expect(await program.ends()).toMatchObject({ code: 0, stderr: "" });
});

test.each(many)("$name: クライアントが20回続けて落ちても、同時に来た100のすべてに答える", async (lesson) => {
  const { message, reply } = lesson;
  const { program, server } = await startServer(lesson);
  for (let i = 0; i < 20; i++) {
    const crashing = await connect(server, session);
    if (i % 2) await crashing.exchange(message, reply);
    else crashing.send(message);
    crashing.socket.resetAndDestroy();
  }
  const clients = await Promise.all(Array.from({ length: 100 }, () => connect(server, session)));
  await Promise.all(clients.map((client) => client.exchange(message, reply)));
  await Promise.all(clients.map((client) => client.exchange(message, reply)));
  program.signal("SIGINT");
  expect(await program.ends()).toMatchObject({ code: null, stderr: "" });
});

// たずねるレッスンでは、答えも、送ったものと同じくらいの長さになる
test.each(asking)("$name: 送り続けて読まないクライアントから、際限なく受け取らない", async (lesson) => {
  const { program, server, client: flooding } = await startAndConnect(lesson);
  flooding.socket.pause();
  const size = 64 * 1024 * 1024; // バイト
  flooding.socket.write(Buffer.alloc(size, "x"));
  // サーバが何百回も動く間、ほかのクライアントを相手にさせる
  const other = lesson.clients === "many" ? await connect(server, session) : undefined;
  for (let i = 0; i < 400; i++) {
    if (other) await other.exchange(lesson.message, lesson.reply);
    else await once(net.connect(server).on("error", () => {}).end(), "close");
  }
  expect(flooding.socket.writableLength).toBeGreaterThan(0); // 受け取るのをやめている
  expect(program.over()).toBeUndefined();
});
