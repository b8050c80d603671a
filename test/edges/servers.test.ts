// サーバの縁: 改行の付いたメッセージと、同時に来る、落ちる、読まないクライアント
import { once } from "node:events";
import net from "node:net";
import { lessonNamed, lessons } from "../lessons/all.ts";
import { connect } from "../support/wire.ts";
import { meet, startServer, trial } from "./own.ts";

const one = lessons.filter(({ clients }) => clients === "one");
const many = lessons.filter(({ clients }) => clients === "many");
const asking = lessons.filter(({ prompts }) => prompts.length);

test.each([
  ["Socket1", "Received ->  Hello \n\nRecepi message...\n"],
  ["Socket2", "\n Hello \n\n"],
])("%s: メッセージは、最後の改行もそのまま表示する", async (name, shown) => {
  const lesson = lessonNamed(name);
  const { program, client } = await meet(lesson);
  await client.asks(" Hello \n", lesson.answer);
  const wait = { done: "改行の付いたメッセージを送る", expected: "改行の付いたまま表示する" };
  await program.until(() => program.stdout.includes(shown) || undefined, wait);
});

test.each(one)("$name: 同時に来た2つ目のクライアントは断り、1つ目が閉じると終わる", async (lesson) => {
  const { message, answer } = lesson;
  const { program, server } = await startServer(lesson);
  program.signal("SIGSTOP"); // 2つとも、サーバが受け付ける前に並ばせる
  const first = await connect(server, trial);
  const second = await connect(server, trial);
  program.signal("SIGCONT");
  expect(await second.closes()).toBe("");
  await first.asks(message, answer);
  const third = await connect(server, trial);
  expect(await third.closes()).toBe("");
  await first.asks(message, answer);
  first.socket.end();
  expect(await program.ends()).toMatchObject({ code: 0, stderr: "" });
});

test.each(many)("$name: クライアントが20回続けて落ちても、同時に来た100のすべてに答える", async (lesson) => {
  const { message, answer } = lesson;
  const { program, server } = await startServer(lesson);
  for (let i = 0; i < 20; i++) {
    const crashing = await connect(server, trial);
    if (i % 2) await crashing.asks(message, answer);
    else crashing.send(message);
    crashing.socket.resetAndDestroy();
  }
  const clients = await Promise.all(Array.from({ length: 100 }, () => connect(server, trial)));
  await Promise.all(clients.map((client) => client.asks(message, answer)));
  await Promise.all(clients.map((client) => client.asks(message, answer)));
  program.signal("SIGINT");
  expect(await program.ends()).toMatchObject({ code: null, stderr: "" });
});

// たずねるレッスンでは、答えも、送ったものと同じくらいの長さになる
test.each(asking)("$name: 送り続けて読まないクライアントから、際限なく受け取らない", async (lesson) => {
  const { program, server, client: flooding } = await meet(lesson);
  flooding.socket.pause();
  const size = 64 * 1024 * 1024; // バイト
  flooding.socket.write(Buffer.alloc(size, "x"));
  // サーバが何百回も動く間、ほかのクライアントを相手にさせる
  const other = lesson.clients === "many" ? await connect(server, trial) : undefined;
  for (let i = 0; i < 800; i++) {
    if (other) await other.asks(lesson.message, lesson.answer);
    else await once(net.connect(server).on("error", () => {}).end(), "close");
  }
  expect(flooding.socket.writableLength).toBeGreaterThan(0); // 受け取るのをやめている
  expect(program.over()).toBeUndefined();
});
