// Practice1 (演習1 (2乗)) のポートと、表示する行と、採点で行うすべての検査
import { clientChecks } from "../checks/client-checks.ts";
import type { Facts, Lesson } from "../checks/lesson.ts";
import { pairCheck } from "../checks/pair-check.ts";
import { anything, exactly } from "../checks/ask-server.ts";
import { replies, repliesFirst, repliesOnce } from "../checks/server-checks.ts";
import { repliesToAll, serverCheck, startsListening } from "../checks/server-checks.ts";
import { slowTyping } from "../checks/watch-client.ts";

const facts: Facts = {
  name: "Practice1",
  port: 6000,
  clients: "one",
  prompts: [{ lines: ["数字を入力してください"], type: "67" }],
  message: "67",
  reply: "4489",
  result: (reply) => [`Answer:${reply}`],
  starts: () => "Waiting for connections...",
  serves: ["send"],
};

/** 数を送ると、その2乗が返る */
const square = (num: number) => ({ message: String(num), reply: exactly(num * num) });

export const lesson: Lesson = {
  ...facts,
  checks: [
    startsListening(facts),
    repliesFirst("サーバは、数を受け取ると、接続が開いているうちに2乗を返す", (values) =>
      square(values.integer(12, 98)),
    ),
    replies("サーバは、0 の2乗を返す", () => square(0)),
    replies("サーバは、負の数の2乗を返す", (values) => square(-values.integer(102, 987))),
    replies("サーバは、6桁の数の2乗を返す", (values) => square(values.integer(100_003, 999_997))),
    repliesToAll("サーバは、1つの接続で届く数のすべてに2乗を返す", (values) =>
      [values.integer(102, 312), values.integer(13, 31), values.integer(4, 9)].map(square),
    ),
    repliesOnce("サーバは、答えを1回だけ送り、あとから何も送らない", (values) => [
      square(values.integer(12, 31)),
      square(values.integer(32, 98)),
    ]),

    serverCheck("サーバは、答えるたびに send と表示する", async (tools) => {
      const { program, client } = await tools.startAndConnect();
      const sends = () => program.lines().filter((line) => line === "send").length;
      for (const count of [1, 2]) {
        const message = String(tools.values.integer(12, 98) + count * 100);
        await client.ask({ message, reply: anything });
        await program.until(() => sends() >= count || undefined, {
          done: `数を${count}個送り、答えを${count}個受け取る`,
          expected: `send だけの行を${count}回表示する`,
          sight: () => ({ saw: `send だけの行は、${sends()}回です` }),
        });
      }
    }),

    ...clientChecks(facts, (values) =>
      [undefined, slowTyping].map((slow) => {
        const type = String(values.integer(102, 987));
        const reply = String(values.integer(1002, 9987)); // どの数の2乗でもなくてよい
        const prompts = facts.prompts.map(({ lines }) => ({ lines, type }));
        return { prompts, wire: type, reply, result: facts.result(reply), slow };
      }),
    ),
    pairCheck(facts),
  ],
};
