import { answersOnce, check, exactly, pairCheck, Questions, showsLines, type Lesson } from "../support/check.ts";
import { clientChecks } from "../support/client.ts";
import { connect } from "../support/peer.ts";

export const lesson: Lesson = { name: "Socket2", port: 6000 };

/** サーバが起動したときに表示する行 */
export const listening = (port: number) => `listen ('127.0.0.1', ${port})`;

const answer = exactly("GETS");

export const checks = [
  check(lesson, `サーバは、PORT がなければ ${lesson.port} 番で待ち、${listening(lesson.port)} と表示する`, async (bench) => {
    const { program } = await bench.startServer();
    await program.shows([listening(lesson.port)]);
  }),

  check(lesson, "サーバは、メッセージを受け取ると、接続が開いているうちに GETS と返事をする", async (bench) => {
    const { client } = await bench.meet();
    await client.ask(bench.values.word(), answer);
  }),

  check(lesson, "サーバは、1つの接続で届くメッセージのすべてに返事をする", async (bench) => {
    const { client } = await bench.meet();
    for (let i = 0; i < 3; i++) await client.ask(bench.values.word(), answer);
  }),

  check(lesson, "サーバは、返事を1回だけ送り、あとから何も送らない", async (bench) => {
    const { client } = await bench.meet();
    await answersOnce(client.peer, bench.values.word(), "GETS");
  }),

  check(lesson, "サーバは、メッセージと、クライアントが閉じたときの空行を、教科書のとおりに表示する", async (bench) => {
    const { program, client } = await bench.meet();
    const message = bench.values.word();
    await client.ask(message, answer);
    client.peer.leave();
    const done = `「${message}」と送り、返事を受け取って、接続を閉じる`;
    await showsLines(program, [message, ""], done, () => program.lines().slice(1)); // 初めの1行は、別の検査が見る
  }),

  check(lesson, "サーバは、前のクライアントがいなくなったあと、次のクライアントにも返事をする", async (bench) => {
    const { program, server, client } = await bench.meet();
    await client.ask(bench.values.word(), answer);
    client.peer.leave();
    const next = new Questions(await connect(server, program));
    await next.ask(bench.values.word(), answer);
  }),

  ...clientChecks(lesson, (values) => {
    const answer = `返事は${values.word()}`;
    return [{ prompts: [], wire: "Hello", answer, result: [answer] }];
  }),

  pairCheck(lesson, [], ["GETS"], [listening(lesson.port), "Hello"]),
];
