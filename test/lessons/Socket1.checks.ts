import { answersOnce, check, exactly, pairCheck, showsLines, type Lesson } from "../support/check.ts";
import { clientChecks } from "../support/client.ts";

export const lesson: Lesson = { name: "Socket1", port: 6000 };
export const waiting = "Waiting for connections...";

/** メッセージごとにサーバが表示する行 */
export const received = (message: string) => [`Received -> ${message}`, "Recepi message...", "send message"];

/** メッセージを順に受け取ったサーバが、始めから終わりまでに表示する行 */
export const serverLines = (...messages: string[]) => [waiting, ...messages.flatMap(received), "Received ->"];

const answer = exactly("Get answer");

export const checks = [
  check(lesson, `サーバは、PORT がなければ ${lesson.port} 番で待ち、${waiting} と表示する`, async (bench) => {
    const { program } = await bench.startServer();
    await program.shows([waiting]);
  }),

  check(lesson, "サーバは、メッセージを受け取ると、接続が開いているうちに Get answer と返事をする", async (bench) => {
    const { client } = await bench.meet();
    await client.ask(bench.values.word(), answer);
  }),

  check(lesson, "サーバは、1つの接続で届くメッセージのすべてに返事をする", async (bench) => {
    const { client } = await bench.meet();
    for (let i = 0; i < 3; i++) await client.ask(bench.values.word(), answer);
  }),

  check(lesson, "サーバは、返事を1回だけ送り、あとから何も送らない", async (bench) => {
    const { client } = await bench.meet();
    await answersOnce(client.peer, bench.values.word(), "Get answer");
  }),

  check(lesson, "サーバは、メッセージを教科書のとおりに表示する", async (bench) => {
    const { program, client } = await bench.meet();
    const message = bench.values.word();
    await client.ask(message, answer);
    client.peer.leave();
    await showsLines(program, serverLines(message), `「${message}」と送り、返事を受け取って、接続を閉じる`);
  }),

  check(lesson, "サーバは、クライアントが接続を閉じると終わる", async (bench) => {
    const { program, client } = await bench.meet();
    await client.ask(bench.values.word(), answer);
    client.peer.leave();
    await program.ends(undefined, "プログラムが終わりません。待つのをやめていない (サーバの close がない) か、接続を閉じていない (end や destroy がない) ようです");
  }),

  ...clientChecks(lesson, (values) => {
    const answer = `返事は${values.word()}`;
    return [{ prompts: [], wire: "Hello", answer, result: [answer] }];
  }),

  pairCheck(lesson, [], ["Get answer"], serverLines("Hello")),
];
