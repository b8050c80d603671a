// Socket1 (本文の socket の章) のポートと、表示する行と、採点で行うすべての検査
import { clientChecks } from "../checks/client-checks.ts";
import type { Facts, Lesson } from "../checks/lesson.ts";
import { pairCheck } from "../checks/pair-check.ts";
import { exactly } from "../checks/ask-server.ts";
import { repliesFirst, repliesOnce, repliesToAll, serverCheck, startsListening } from "../checks/server-checks.ts";
import { showsLines } from "../checks/displayed-lines.ts";
import type { Values } from "../checks/random-values.ts";

const facts: Facts = {
  name: "Socket1",
  port: 6000,
  clients: "one",
  prompts: [],
  message: "Hello",
  reply: "Get answer",
  result: (reply) => [reply],
  starts: () => "Waiting for connections...",
  serves: ["Received -> Hello", "Recepi message...", "send message", "Received -> "],
};

/** どんなメッセージにも、返事は同じ */
const question = (values: Values) => ({ message: values.word(), reply: exactly(facts.reply) });

/** message を受け取ったサーバが、始めから終わりまでに表示する行 (終わりの空白は問わない) */
const shown = (message: string) =>
  [facts.starts(facts.port), ...facts.serves].map((line) => line.replace("Hello", message).trimEnd());

export const lesson: Lesson = {
  ...facts,
  checks: [
    startsListening(facts),
    repliesFirst("サーバは、メッセージを受け取ると、接続が開いているうちに Get answer と返事をする", question),
    repliesToAll("サーバは、1つの接続で届くメッセージのすべてに返事をする", (values) => {
      return [question(values), question(values), question(values)];
    }),
    repliesOnce("サーバは、返事を1回だけ送り、あとから何も送らない", (values) => [question(values), question(values)]),

    serverCheck("サーバは、メッセージを教科書のとおりに表示する", async (tools) => {
      const { program, client } = await tools.startAndConnect();
      const asking = question(tools.values);
      await client.ask(asking);
      client.peer.leave();
      const done = `「${asking.message}」と送り、返事を受け取って、接続を閉じる`;
      await showsLines(program, shown(asking.message).slice(1), done, { from: 1 }); // 初めの1行は、別の検査が見る
    }),

    serverCheck("サーバは、クライアントが接続を閉じると終わる", async (tools) => {
      const { program, client } = await tools.startAndConnect();
      await client.ask(question(tools.values));
      client.peer.leave();
      tools.session.before.push("クライアントは、接続を閉じました");
      await program.ends(undefined, () => ({ saw: "プログラムがまだ動いています", hint: program.keeps() }));
    }),

    ...clientChecks(facts, (values) => {
      const reply = `返事は${values.word()}`;
      return [{ prompts: [], wire: facts.message, reply, result: facts.result(reply) }];
    }),
    pairCheck(facts, shown("Hello")),
  ],
};
