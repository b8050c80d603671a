import { clientChecks } from "../checks/client.ts";
import type { Facts, Lesson } from "../checks/lesson.ts";
import { meets } from "../checks/pair.ts";
import { anything, exactly } from "../checks/questions.ts";
import { answers, answersAll, answersFirst, answersOnce, serverCheck, startsListening } from "../checks/server.ts";

const facts: Facts = {
  name: "Practice1",
  port: 6000,
  clients: "one",
  prompts: [{ lines: ["数字を入力してください"], type: "67" }],
  message: "67",
  answer: "4489",
  result: (answer) => [`Answer:${answer}`],
  starts: () => "Waiting for connections...",
  serves: ["send"],
};

/** 数を送ると、その2乗が返る */
const square = (num: number) => ({ message: String(num), answer: exactly(num * num) });

export const lesson: Lesson = {
  ...facts,
  checks: [
    startsListening(facts),
    answersFirst("サーバは、数を受け取ると、接続が開いているうちに2乗を返す", (values) =>
      square(values.integer(12, 98)),
    ),
    answers("サーバは、0 の2乗を返す", () => square(0)),
    answers("サーバは、負の数の2乗を返す", (values) => square(-values.integer(102, 987))),
    answers("サーバは、6桁の数の2乗を返す", (values) => square(values.integer(100_003, 999_997))),
    answersAll("サーバは、1つの接続で届く数のすべてに2乗を返す", (values) =>
      [values.integer(102, 312), values.integer(13, 31), values.integer(4, 9)].map(square),
    ),
    answersOnce("サーバは、答えを1回だけ送り、あとから何も送らない", (values) => [
      square(values.integer(12, 31)),
      square(values.integer(32, 98)),
    ]),

    serverCheck("サーバは、答えるたびに send と表示する", async (bench) => {
      const { program, client } = await bench.meet();
      const sends = () => program.lines().filter((line) => line === "send").length;
      for (const count of [1, 2]) {
        const message = String(bench.values.integer(12, 98) + count * 100);
        await client.ask({ message, answer: anything });
        await program.until(() => sends() >= count || undefined, {
          done: `数を${count}個送り、答えを${count}個受け取る`,
          expected: `send だけの行を${count}回表示する`,
          saw: () => ({ saw: `send だけの行は、${sends()}回です` }),
        });
      }
    }),

    ...clientChecks(facts, (values) =>
      [undefined, 2000].map((slow) => {
        const type = String(values.integer(102, 987));
        const answer = String(values.integer(1002, 9987)); // どの数の2乗でもなくてよい
        const prompts = facts.prompts.map(({ lines }) => ({ lines, type }));
        return { prompts, wire: type, answer, result: facts.result(answer), slow };
      }),
    ),
    meets(facts),
  ],
};
