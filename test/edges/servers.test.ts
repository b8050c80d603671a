// サーバの縁: 半分だけ閉じる、同時に来る、落ちる、読まない
import { once } from "node:events";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import net from "node:net";
import { connect } from "../support/peer.ts";
import { lessons } from "../support/target.ts";
import { edited, sample, servesMany, servesOne, socket1Shows, startServer } from "./tools.ts";

// 最後の文字は3バイト。1バイトを残して送り、1つ目の答えが来てから残りを送って、送る側だけを閉じる
test.each([
  ["Socket1", "いろ", "Get answer", "Get answer"],
  ["Socket2", "いろ", "GETS", "GETS"],
  ["Practice1", "1６", "1", "36"],
  ["Practice2", "add,1,2６", "3", "エラー: 「６」は「add,7,4」の形ではありません"],
])("%s: 文字が2つに分かれて届いても、送り終えて半分だけ閉じても、正しい答えを返しきる", async (lesson, text, head, tail) => {
  const { program, server } = await startServer(lesson);
  const client = await connect(server, program, true);
  const bytes = Buffer.from(text);
  client.send(bytes.subarray(0, -1));
  await client.gets(head, "最後の文字の途中まで送る");
  client.socket.end(bytes.subarray(-1));
  expect(await client.closes()).toBe(tail);
  if (lesson === "Socket1") {
    expect((await program.ends()).stdout).toBe(socket1Shows("い", "ろ"));
  }
  if (lesson === "Socket2") await program.shows(["い", "ろ", ""]);
});

test("Practice1: 半分だけ閉じたあとでも、4万桁の答えをすべて受け取れる", async () => {
  const { program, server } = await startServer("Practice1");
  const client = await connect(server, program, true);
  client.socket.end("9".repeat(20_000));
  expect(await client.closes()).toBe(`${"9".repeat(19_999)}8${"0".repeat(19_999)}1`);
  expect(await program.ends()).toEqual({ code: 0, stdout: "Waiting for connections...\nsend\n", stderr: "" });
});

// 文字にならない 0xff は、答えでは3バイトの U+FFFD になる。答えだけが、途中の置き場に収まらない
test("Practice2: 送り終えて半分だけ閉じ、あとから読み始めても、答えをすべて受け取れる", async () => {
  const { program, server } = await startServer("Practice2");
  const client = await connect(server, program, true);
  client.socket.pause();
  const size = 4 * 1024 * 1024; // バイト
  client.socket.end(Buffer.alloc(size, 0xff));
  const other = await connect(server, program);
  for (let i = 0; i < 200; i++) await other.asks(...sample.Practice2); // サーバが送りきれなくなるまで動かす
  client.socket.resume();
  expect((await client.closes()).match(/\ufffd/g)).toHaveLength(size);
});

test.each(["Socket1", "Socket2"])("%s: メッセージは、最後の改行もそのまま表示する", async (lesson) => {
  const { program, server } = await startServer(lesson);
  const client = await connect(server, program);
  await client.asks(" Hello \n", sample[lesson][1]);
  const shown = lesson === "Socket1" ? "Received ->  Hello \n\nRecepi message...\n" : "\n Hello \n\n";
  await program.until(() => program.stdout.includes(shown) || undefined, "改行の付いたメッセージを送る", "改行の付いたまま表示する");
});

// 演習で計算に時間がかかるときのように、受信と送信の間で何かを待っても、半分だけ閉じたクライアントに答えられる
test.each(lessons)("%s: 受信と送信の間で待つように書き換えた写しも、半分だけ閉じたクライアントに答える", async (lesson) => {
  const socket = servesOne.includes(lesson) ? "clientsock" : "request";
  const { path } = edited(lesson, "server", "    await new Promise((sent)", `    await once(${socket}, "end");\n    await new Promise((sent)`);
  const { program, server } = await startServer(lesson, path);
  const client = await connect(server, program, true);
  client.socket.end(sample[lesson][0]);
  expect(await client.closes()).toBe(sample[lesson][1]);
});

/** 開いているソケットの数。/proc のないシステムでは数えられない */
const sockets = (pid: number) =>
  existsSync(`/proc/${pid}/fd`) ? readdirSync(`/proc/${pid}/fd`).filter((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith("socket:")).length : 0;

test.each(servesMany)("%s: 60のクライアントが順に半分だけ閉じると、そのたびに接続を閉じ、ソケットを残さない", async (lesson) => {
  const { program, server } = await startServer(lesson);
  const before = sockets(program.pid);
  for (let i = 0; i < 60; i++) {
    const client = await connect(server, program, true);
    client.socket.end(sample[lesson][0]);
    expect(await client.closes()).toBe(sample[lesson][1]);
    client.leave();
  }
  expect(sockets(program.pid)).toBeLessThan(before + 10); // 変換の道具のソケットは増減する
});

test.each(servesOne)("%s: 同時に来た2つ目のクライアントは断り、1つ目が閉じると終わる", async (lesson) => {
  const { program, server } = await startServer(lesson);
  program.signal("SIGSTOP"); // 2つとも、サーバが受け付ける前に並ばせる
  const first = await connect(server, program);
  const second = await connect(server, program);
  program.signal("SIGCONT");
  expect(await second.closes()).toBe("");
  await first.asks(...sample[lesson]);
  const third = await connect(server, program);
  expect(await third.closes()).toBe("");
  await first.asks(...sample[lesson]);
  first.socket.end();
  expect(await program.ends()).toMatchObject({ code: 0, stderr: "" });
});

test.each(servesMany)("%s: クライアントが20回続けて落ちても、同時に来た100のクライアントすべてに答える", async (lesson) => {
  const { program, server } = await startServer(lesson);
  for (let i = 0; i < 20; i++) {
    const crashing = await connect(server, program);
    if (i % 2) await crashing.asks(...sample[lesson]);
    else crashing.send(sample[lesson][0]);
    crashing.socket.resetAndDestroy();
  }
  const clients = await Promise.all(Array.from({ length: 100 }, () => connect(server, program)));
  await Promise.all(clients.map((client) => client.asks(...sample[lesson])));
  await Promise.all(clients.map((client) => client.asks(...sample[lesson])));
  program.signal("SIGINT");
  expect(await program.ends()).toMatchObject({ code: null, stderr: "" });
});

test.each(["Practice1", "Practice2"])("%s: 送り続けて読まないクライアントから、際限なく受け取らない", async (lesson) => {
  const { program, server } = await startServer(lesson);
  const flooding = await connect(server, program);
  flooding.socket.pause();
  const size = 64 * 1024 * 1024; // バイト。答えも同じくらいの長さになる
  flooding.socket.write(Buffer.alloc(size, "x"));
  // サーバが何百回も動く間、ほかのクライアントを相手にさせる
  const other = lesson === "Practice2" ? await connect(server, program) : undefined;
  for (let i = 0; i < 800; i++) {
    if (other) await other.asks(...sample[lesson]);
    else await once(net.connect(server).on("error", () => {}).end(), "close");
  }
  expect(flooding.socket.writableLength).toBeGreaterThan(0); // 受け取るのをやめている
  expect(program.over()).toBeUndefined();
});
