import { clientChecks } from "../checks/client.ts";
import type { Facts, Lesson } from "../checks/lesson.ts";
import { meets } from "../checks/pair.ts";
import { exactly } from "../checks/questions.ts";
import { answersAll, answersFirst, answersOnce, serverCheck, startsListening } from "../checks/server.ts";
import { showsLines } from "../checks/shows.ts";
import type { Values } from "../support/values.ts";

const facts: Facts = {
  name: "Socket1",
  port: 6000,
  clients: "one",
  prompts: [],
  message: "Hello",
  answer: "Get answer",
  result: (answer) => [answer],
  starts: () => "Waiting for connections...",
  serves: ["Received -> Hello", "Recepi message...", "send message", "Received -> "],
};

/** どんなメッセージにも、返事は同じ */
const ask = (values: Values) => ({ message: values.word(), answer: exactly(facts.answer) });

/** message を受け取ったサーバが、始めから終わりまでに表示する行 (終わりの空白は問わない) */
const shown = (message: string) =>
  [facts.starts(facts.port), ...facts.serves].map((line) => line.replace("Hello", message).trimEnd());

export const lesson: Lesson = {
  ...facts,
  checks: [
    startsListening(facts),
    answersFirst("サーバは、メッセージを受け取ると、接続が開いているうちに Get answer と返事をする", ask),
    answersAll("サーバは、1つの接続で届くメッセージのすべてに返事をする", (values) => {
      return [ask(values), ask(values), ask(values)];
    }),
    answersOnce("サーバは、返事を1回だけ送り、あとから何も送らない", (values) => [ask(values), ask(values)]),

    serverCheck("サーバは、メッセージを教科書のとおりに表示する", async (bench) => {
      const { program, client } = await bench.meet();
      const question = ask(bench.values);
      await client.ask(question);
      client.peer.leave();
      const done = `「${question.message}」と送り、返事を受け取って、接続を閉じる`;
      await showsLines(program, shown(question.message).slice(1), done, { from: 1 }); // 初めの1行は、別の検査が見る
    }),

    serverCheck("サーバは、クライアントが接続を閉じると終わる", async (bench) => {
      const { program, client } = await bench.meet();
      await client.ask(ask(bench.values));
      client.peer.leave();
      bench.trial.before.push("クライアントは、接続を閉じました");
      await program.ends(undefined, () => ({ saw: "プログラムがまだ動いています", hint: program.keeps() }));
    }),

    ...clientChecks(facts, (values) => {
      const answer = `返事は${values.word()}`;
      return [{ prompts: [], wire: facts.message, answer, result: facts.result(answer) }];
    }),
    meets(facts, shown("Hello")),
  ],
};
