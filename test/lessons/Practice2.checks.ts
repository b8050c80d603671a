import { answersOnce, check, exactly, pairCheck, Questions, type Answer, type Bench, type Lesson } from "../support/check.ts";
import { clientChecks } from "../support/client.ts";
import { connect } from "../support/peer.ts";
import { listening } from "./Socket2.checks.ts";

export const lesson: Lesson = { name: "Practice2", port: 9000 };
export const menu = [
  "計算結果を返すサービスです",
  "実行する演算子を入力してください",
  "足し算--->add",
  "引き算--->sub",
  "掛け算--->mul",
  "割り算--->div",
];
export const first = "1つ目の数を入力してください";
export const second = "2つ目の数を入力してください";
const prompts = (operator: string, a: number, b: number): [lines: string[], type: string][] => [
  [menu, operator],
  [[first], String(a)],
  [[second], String(b)],
];
const asked = [...menu, first, second];

/** 割り切れる商。8/4 は 2 でも 2.0 でもよい */
const whole = (quotient: number): Answer => ({
  words: `「${quotient}」か「${quotient}.0」`,
  right: (text) => text === `${quotient}` || text === `${quotient}.0`,
});

/** 割り切れない商。10桁まで合っていればよい */
const decimal = (quotient: number): Answer => ({
  words: `「${quotient}」(10桁まで合っていればよい) `,
  right: (text) => /^-?\d+\.\d+$/.test(text) && Math.abs(Number(text) - quotient) <= Math.abs(quotient) * 1e-9,
});

type Question = [message: string, answer: Answer];
const add = (a: number, b: number): Question => [`add,${a},${b}`, exactly(a + b)];
const sub = (a: number, b: number): Question => [`sub,${a},${b}`, exactly(a - b)];
const mul = (a: number, b: number): Question => [`mul,${a},${b}`, exactly(a * b)];
const div = (a: number, b: number): Question => [`div,${a},${b}`, a % b === 0 ? whole(a / b) : decimal(a / b)];

/** 計算を1つ頼むと、答えが返ること */
const calculates = (name: string, question: (values: Bench["values"]) => Question) =>
  check(lesson, name, async (bench) => {
    const { client } = await bench.meet();
    await client.ask(...question(bench.values));
  });

export const checks = [
  check(lesson, `サーバは、PORT がなければ ${lesson.port} 番で待ち、${listening(lesson.port)} と表示する`, async (bench) => {
    const { program } = await bench.startServer();
    await program.shows([listening(lesson.port)]);
  }),

  calculates("サーバは、add を頼まれると、接続が開いているうちに足し算の答えを返す", (values) => add(values.integer(12, 49), values.integer(51, 98))),
  calculates("サーバは、sub を頼まれると、引き算の答えを返す", (values) => sub(values.integer(51, 98), values.integer(12, 49))),
  calculates("サーバは、mul を頼まれると、掛け算の答えを返す", (values) => mul(values.integer(12, 49), values.integer(51, 98))),
  calculates("サーバは、割り切れる div を頼まれると、商を返す", (values) => {
    const quotient = values.integer(3, 9);
    const b = values.integer(3, 9);
    return div(quotient * b, b);
  }),
  calculates("サーバは、割り切れない div を頼まれると、10桁まで正しい商を返す", (values) => {
    const b = [3, 9][values.integer(0, 1)];
    return div(values.integer(10, 29) * b + (b - 1) / 2, b); // 12.333… か 12.444…。9桁では、どの値でも足りない
  }),
  calculates("サーバは、0 のある計算でも正しい答えを返す", (values) => sub(0, values.integer(12, 98))),
  calculates("サーバは、負の数の計算でも正しい答えを返す", (values) => sub(-values.integer(512, 987), -values.integer(102, 498))),
  calculates("サーバは、6桁の数の計算でも正しい答えを返す", (values) => mul(values.integer(100_003, 999_997), values.integer(100_003, 999_997))),

  check(lesson, "サーバは、1つの接続で届く計算のすべてに答えを返す", async (bench) => {
    const { values } = bench;
    const { client } = await bench.meet();
    for (const min of [12, 112, 1012]) await client.ask(...mul(values.integer(min, min + 80), values.integer(12, 92)));
  }),

  check(lesson, "サーバは、答えを1回だけ送り、あとから何も送らない", async (bench) => {
    const { client } = await bench.meet();
    const a = bench.values.integer(12, 98);
    const b = bench.values.integer(12, 98);
    await answersOnce(client.peer, `mul,${a},${b}`, String(a * b));
  }),

  check(lesson, "サーバは、前のクライアントがいなくなったあと、次のクライアントにも答えを返す", async (bench) => {
    const { values } = bench;
    const { program, server, client } = await bench.meet();
    await client.ask(...mul(values.integer(12, 92), values.integer(12, 92)));
    client.peer.leave();
    const next = new Questions(await connect(server, program));
    await next.ask(...mul(values.integer(112, 192), values.integer(12, 92)));
  }),

  // add は、合わせる検査で打つ
  ...clientChecks(lesson, (values) =>
    ["sub", "mul", "div"].map((operator) => {
      const a = values.integer(120, 490);
      const b = values.integer(12, 98);
      const answer = `答えは${values.word()}`;
      const script = prompts(operator, a, b).map(([lines, type]) => ({ lines, type }));
      return { prompts: script, wire: `${operator},${a},${b}`, answer, result: ["[Result]", answer] };
    }),
  ),

  pairCheck(lesson, prompts("add", 7, 4), [...asked, "[Result]", "11"]),
];
