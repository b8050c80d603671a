import { clientChecks } from "../checks/client.ts";
import type { Facts, Lesson } from "../checks/lesson.ts";
import { meets } from "../checks/pair.ts";
import { exactly } from "../checks/questions.ts";
import { answersAll, answersFirst, answersNext, answersOnce, serverCheck, startsListening } from "../checks/server.ts";
import { showsLines } from "../checks/shows.ts";
import type { Values } from "../support/values.ts";

const facts: Facts = {
  name: "Socket2",
  port: 6000,
  clients: "many",
  prompts: [],
  message: "Hello",
  answer: "GETS",
  result: (answer) => [answer],
  starts: (port) => `listen ('127.0.0.1', ${port})`,
  serves: ["Hello", ""],
};

/** どんなメッセージにも、返事は同じ */
const ask = (values: Values) => ({ message: values.word(), answer: exactly(facts.answer) });

export const lesson: Lesson = {
  ...facts,
  checks: [
    startsListening(facts),
    answersFirst("サーバは、メッセージを受け取ると、接続が開いているうちに GETS と返事をする", ask),
    answersAll("サーバは、1つの接続で届くメッセージのすべてに返事をする", (values) => {
      return [ask(values), ask(values), ask(values)];
    }),
    answersOnce("サーバは、返事を1回だけ送り、あとから何も送らない", (values) => [ask(values), ask(values)]),

    serverCheck("サーバは、メッセージと、クライアントが閉じたときの空行を、教科書のとおりに表示する", async (bench) => {
      const { program, client } = await bench.meet();
      const question = ask(bench.values);
      await client.ask(question);
      client.peer.leave();
      const done = `「${question.message}」と送り、返事を受け取って、接続を閉じる`;
      await showsLines(program, [question.message, ""], done, { from: 1 }); // 初めの1行は、別の検査が見る
    }),

    answersNext("サーバは、前のクライアントがいなくなったあと、次のクライアントにも返事をする", (values) => {
      return [ask(values), ask(values)];
    }),

    ...clientChecks(facts, (values) => {
      const answer = `返事は${values.word()}`;
      return [{ prompts: [], wire: facts.message, answer, result: facts.result(answer) }];
    }),
    meets(facts, [facts.starts(facts.port), "Hello"]),
  ],
};
