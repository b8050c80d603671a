// Socket2 (本文の socketserver の章) のポートと、表示する行と、採点で行うすべての検査
import { clientChecks } from "../checks/client-checks.ts";
import type { Facts, Lesson } from "../checks/lesson.ts";
import { pairCheck } from "../checks/pair-check.ts";
import { exactly } from "../checks/ask-server.ts";
import { repliesFirst, repliesOnce, repliesToAll } from "../checks/server-checks.ts";
import { repliesToNext, serverCheck, startsListening } from "../checks/server-checks.ts";
import { showsLines } from "../checks/displayed-lines.ts";
import type { Values } from "../checks/random-values.ts";

const facts: Facts = {
  name: "Socket2",
  port: 6000,
  clients: "many",
  prompts: [],
  message: "Hello",
  reply: "GETS",
  result: (reply) => [reply],
  starts: (port) => `listen ('127.0.0.1', ${port})`,
  serves: ["Hello", ""],
};

/** どんなメッセージにも、返事は同じ */
const question = (values: Values) => ({ message: values.word(), reply: exactly(facts.reply) });

const displays = "サーバは、メッセージと、クライアントが閉じたときの空行を、教科書のとおりに表示する";

export const lesson: Lesson = {
  ...facts,
  checks: [
    startsListening(facts),
    repliesFirst("サーバは、メッセージを受け取ると、接続が開いているうちに GETS と返事をする", question),
    repliesToAll("サーバは、1つの接続で届くメッセージのすべてに返事をする", (values) => {
      return [question(values), question(values), question(values)];
    }),
    repliesOnce("サーバは、返事を1回だけ送り、あとから何も送らない", (values) => [question(values), question(values)]),

    serverCheck(displays, async (tools) => {
      const { program, client } = await tools.startAndConnect();
      const asking = question(tools.values);
      await client.ask(asking);
      client.peer.leave();
      const done = `「${asking.message}」と送り、返事を受け取って、接続を閉じる`;
      await showsLines(program, [asking.message, ""], done, { from: 1 }); // 初めの1行は、別の検査が見る
    }),

    repliesToNext("サーバは、前のクライアントがいなくなったあと、次のクライアントにも返事をする", (values) => {
      return [question(values), question(values)];
    }),

    ...clientChecks(facts, (values) => {
      const reply = `返事は${values.word()}`;
      return [{ prompts: [], wire: facts.message, reply, result: facts.result(reply) }];
    }),
    pairCheck(facts, [facts.starts(facts.port), "Hello"]),
  ],
};
