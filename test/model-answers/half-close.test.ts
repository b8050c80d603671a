// サーバの縁: 半分だけ (送る側だけを) 閉じるクライアント。分かれて届く文字、大きな答え、残らないソケットも
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { lessonNamed, lessons } from "../grader/lessons/all.ts";
import { connect } from "../grader/process/peer.ts";
import { editedCopy, startAndConnect, serverShowsEach, showsExactly, startServer, session } from "./run-copy.ts";

const many = lessons.filter(({ clients }) => clients === "many");

// 最後の文字は3バイト。1バイトを残して送り、1つ目の答えが来てから残りを送って、送る側だけを閉じる
test.each([
  ["Socket1", "いろ", "Get answer", "Get answer"],
  ["Socket2", "いろ", "GETS", "GETS"],
  ["Practice1", "1６", "1", "36"],
  ["Practice2", "add,1,2６", "3", "エラー: 「６」は「add,7,4」の形ではありません"],
])("%s: 文字が2つに分かれて届いても、半分だけ閉じても、正しい答えを返しきる", async (name, text, head, tail) => {
  const lesson = lessonNamed(name);
  const { program, client } = await startAndConnect(lesson);
  const bytes = Buffer.from(text);
  client.send(bytes.subarray(0, -1));
  await client.gets(head, "最後の文字の途中まで送る");
  client.socket.end(bytes.subarray(-1));
  expect(await client.closes()).toBe(tail);
  if (!name.startsWith("Socket")) return; // 表示も正しい
  const shown = serverShowsEach(lesson, "い", "ろ");
  if (lesson.clients === "many") await showsExactly(program, shown, "文字を2つに分けて送り、半分だけ閉じる");
  else expect((await program.ends()).stdout).toBe(shown);
});

test("Practice1: 半分だけ閉じたあとでも、4万桁の答えをすべて受け取れる", async () => {
  const { program, client } = await startAndConnect(lessonNamed("Practice1"));
  client.socket.end("9".repeat(20_000));
  expect(await client.closes()).toBe(`${"9".repeat(19_999)}8${"0".repeat(19_999)}1`);
  expect(await program.ends()).toEqual({ code: 0, stdout: "Waiting for connections...\nsend\n", stderr: "" });
});

// 文字にならない 0xff は、答えでは3バイトの U+FFFD になる。答えだけが、途中の置き場に収まらない
test("Practice2: 送り終えて半分だけ閉じ、あとから読み始めても、答えをすべて受け取れる", async () => {
  const lesson = lessonNamed("Practice2");
  const { server, client } = await startAndConnect(lesson);
  client.socket.pause();
  const size = 4 * 1024 * 1024; // バイト
  client.socket.end(Buffer.alloc(size, 0xff));
  const other = await connect(server, session);
  for (let i = 0; i < 200; i++) await other.exchange(lesson.message, lesson.reply); // 送りきれなくなるまで動かす
  client.socket.resume();
  expect((await client.closes()).match(/\ufffd/g)).toHaveLength(size);
});

// 演習で計算に時間がかかるときのように、受信と送信の間で何かを待つように書き換えても、答えられる
test.each(lessons)("$name: 受信と送信の間で待つ写しも、半分だけ閉じたクライアントに答える", async (lesson) => {
  const socket = lesson.clients === "one" ? "clientsock" : "request";
  const send = "    await new Promise((sent)";
  const { path } = editedCopy(lesson, "server", send, `    await once(${socket}, "end");\n${send}`);
  const { client } = await startAndConnect(lesson, path);
  client.socket.end(lesson.message);
  expect(await client.closes()).toBe(lesson.reply);
});

/** 開いているソケットの数。/proc のないシステムでは数えられない */
function sockets(pid: number) {
  const folder = `/proc/${pid}/fd`;
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).filter((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`).startsWith("socket:");
    } catch {
      return false; // ちょうど閉じられた
    }
  }).length;
}

test.each(many)("$name: 60のクライアントが半分だけ閉じるたびに閉じ、ソケットを残さない", async (lesson) => {
  const { program, server } = await startServer(lesson);
  const before = sockets(program.pid);
  for (let i = 0; i < 60; i++) {
    const client = await connect(server, session);
    client.socket.end(lesson.message);
    expect(await client.closes()).toBe(lesson.reply);
    client.leave();
  }
  expect(sockets(program.pid)).toBeLessThan(before + 10); // 閉じている途中のものもある
});
