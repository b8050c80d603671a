import { answersOnce, anything, check, exactly, pairCheck, type Bench, type Lesson } from "../support/check.ts";
import { clientChecks } from "../support/client.ts";
import { waiting } from "./Socket1.checks.ts";

export const lesson: Lesson = { name: "Practice1", port: 6000 };
export const prompt = "数字を入力してください";

/** 数を1つ送ると、その2乗が返ること */
const squares = (name: string, pick: (values: Bench["values"]) => number) =>
  check(lesson, name, async (bench) => {
    const { client } = await bench.meet();
    const num = pick(bench.values);
    await client.ask(String(num), exactly(num * num));
  });

export const checks = [
  check(lesson, `サーバは、PORT がなければ ${lesson.port} 番で待ち、${waiting} と表示する`, async (bench) => {
    const { program } = await bench.startServer();
    await program.shows([waiting]);
  }),

  squares("サーバは、数を受け取ると、接続が開いているうちに2乗を返す", (values) => values.integer(12, 98)),
  squares("サーバは、0 の2乗を返す", () => 0),
  squares("サーバは、負の数の2乗を返す", (values) => -values.integer(102, 987)),
  squares("サーバは、6桁の数の2乗を返す", (values) => values.integer(100_003, 999_997)),

  check(lesson, "サーバは、1つの接続で届く数のすべてに2乗を返す", async (bench) => {
    const { client } = await bench.meet();
    for (const num of [bench.values.integer(102, 312), bench.values.integer(13, 31), bench.values.integer(4, 9)])
      await client.ask(String(num), exactly(num * num));
  }),

  check(lesson, "サーバは、答えを1回だけ送り、あとから何も送らない", async (bench) => {
    const { client } = await bench.meet();
    const num = bench.values.integer(12, 98);
    await answersOnce(client.peer, String(num), String(num * num));
  }),

  check(lesson, "サーバは、答えるたびに send と表示する", async (bench) => {
    const { program, client } = await bench.meet();
    for (let count = 1; count <= 2; count++) {
      await client.ask(String(bench.values.integer(12, 98) + count * 100), anything);
      const sends = () => program.lines().filter((line) => line === "send").length;
      await program.until(
        () => sends() >= count || undefined,
        `数を${count}個送り、答えを${count}個受け取る`,
        `send だけの行を${count}回表示する`,
        { saw: () => `send だけの行は、${sends()}回です` },
      );
    }
  }),

  ...clientChecks(lesson, (values) => {
    const num = String(values.integer(102, 987));
    const answer = `答えは${values.word()}`;
    return [{ prompts: [{ lines: [prompt], type: num }], wire: num, answer, result: [`Answer:${answer}`] }];
  }),

  pairCheck(lesson, [[[prompt], "67"]], [prompt, "Answer:4489"]),
];
