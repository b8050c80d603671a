// クライアントの縁: 入力の形、Ctrl-C、すぐに閉じるサーバ、分かれて届く返事、少し書き換えた写し
import { expect, test } from "@jest/globals";
import { lessonNamed, lessons } from "../grader/lessons/all.ts";
import { connect, listen } from "../grader/process/peer.ts";
import { clientSends, clientShows, editedCopy, endsInError } from "./run-copy.ts";
import { session, startClient, typeSample, withOwnClient } from "./run-copy.ts";

const asking = lessons.filter(({ prompts }) => prompts.length);
const silent = withOwnClient.filter(({ prompts }) => !prompts.length);

test.each(asking)("$name: 入力がパイプから一度に来て、最後の行に改行がなくても送る", async (lesson) => {
  const { program, peer } = await startClient(lesson);
  program.type(lesson.prompts.map(({ type }) => type).join("\n"));
  program.endInput();
  await peer.gets(lesson.message, "一度に打ち、入力を終える");
  peer.send("答え");
  expect(await program.ends()).toEqual({ code: 0, stdout: clientShows(lesson, "答え"), stderr: "" });
});

test.each(withOwnClient)("$name: 前後に空白のある返事も、そのまま表示する", async (lesson) => {
  const { program, peer } = await clientSends(lesson);
  peer.send(" 答え ");
  expect(await program.ends()).toEqual({ code: 0, stdout: clientShows(lesson, " 答え "), stderr: "" });
});

test.each(asking)("$name: サーバが返事をしてすぐに閉じても、返事を表示して終わる", async (lesson) => {
  const { program, peer } = await clientSends(lesson);
  peer.socket.end("答え");
  expect(await program.ends()).toEqual({ code: 0, stdout: clientShows(lesson, "答え"), stderr: "" });
});

test.each(asking)("$name: 打っている途中でも、Ctrl-C で終わる", async (lesson) => {
  const { program } = await startClient(lesson);
  await typeSample(lesson, program, lesson.prompts.length - 1);
  program.signal("SIGINT");
  expect(await program.ends(1000)).toMatchObject({ code: null, stderr: "" });
});

// 演習で、つないでから入力を待つように書き換えたとき。入力を待つ間は、だれも接続を await していない
test.each(silent)("$name: 送る前に何かを待つように書き換えた写しも、サーバが閉じると1行で終わる", async (lesson) => {
  const send = "  client.write(messages);";
  const { path } = editedCopy(lesson, "client", send, `  await once(process.stdin, "data");\n${send}`);
  const { program, peer } = await startClient(lesson, path);
  peer.socket.end();
  await endsInError(program, "サーバ");
});

test.each(withOwnClient)("$name: destroy を end に書き換えた写しも、返事を表示して終わる", async (lesson) => {
  const { path } = editedCopy(lesson, "client", "  client.destroy();", "  client.end();");
  const { program, peer } = await clientSends(lesson, path);
  peer.send("答え");
  expect(await program.ends()).toEqual({ code: 0, stdout: clientShows(lesson, "答え"), stderr: "" });
});

test("Practice1: 何も打たずに Enter を押すと、空白を送って答えをもらう", async () => {
  const lesson = lessonNamed("Practice1");
  const { program, peer } = await startClient(lesson);
  program.type("\n");
  await peer.gets(" ", "Enter だけを押す");
  peer.send("エラー: 空です");
  expect(await program.ends()).toEqual({ code: 0, stdout: clientShows(lesson, "エラー: 空です"), stderr: "" });
});

const split = "行の終わりが CRLF でも言葉だけを送り、返事の文字が2つに分かれて届いても、つなげて表示する";

test.each(withOwnClient)(`$name: ${split}`, async (lesson) => {
  const { program, peer } = await startClient(lesson);
  const bytes = Buffer.from("答");
  peer.send(bytes.subarray(0, 1));
  for (const { type } of lesson.prompts) program.type(` ${type} \r\n`);
  await peer.gets(lesson.message, "返事の1バイト目を送り、クライアントが送るのを待つ");
  // クライアントが1バイト目を読む間、別の接続で往復して待つ
  const raw = await listen(session);
  const there = await connect({ host: "127.0.0.1", port: raw.port }, session);
  const back = await raw.accept(program);
  for (let i = 0; i < 100; i++) {
    there.send("行き");
    await back.gets("行き", "待つ");
    back.send("帰り");
    await there.gets("帰り", "待つ");
  }
  peer.send(bytes.subarray(1));
  expect(await program.ends()).toEqual({ code: 0, stdout: clientShows(lesson, "答"), stderr: "" });
});
