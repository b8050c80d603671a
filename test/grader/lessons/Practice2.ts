// Practice2 (演習2 (計算)) のポートと、表示する行と、採点で行うすべての検査
import { clientChecks } from "../checks/client-checks.ts";
import type { Facts, Lesson } from "../checks/lesson.ts";
import { pairCheck } from "../checks/pair-check.ts";
import { exactly, type ExpectedReply } from "../checks/ask-server.ts";
import { replies, repliesFirst, repliesOnce } from "../checks/server-checks.ts";
import { repliesToAll, repliesToNext, startsListening } from "../checks/server-checks.ts";
import type { Values } from "../checks/random-values.ts";
import { slowTyping } from "../checks/watch-client.ts";

const menu = [
  "計算結果を返すサービスです",
  "実行する演算子を入力してください",
  "足し算--->add",
  "引き算--->sub",
  "掛け算--->mul",
  "割り算--->div",
];

/** クライアントがたずねる行と、打つ言葉 */
const prompts = (operator: string, a: number, b: number) => [
  { lines: menu, type: operator },
  { lines: ["1つ目の数を入力してください"], type: String(a) },
  { lines: ["2つ目の数を入力してください"], type: String(b) },
];

const facts: Facts = {
  name: "Practice2",
  port: 9000,
  clients: "many",
  prompts: prompts("add", 7, 4),
  message: "add,7,4",
  reply: "11",
  result: (reply) => ["[Result]", reply],
  starts: (port) => `listen ('127.0.0.1', ${port})`,
  serves: [],
};

/** 割り切れる商。8/4 は 2 でも 2.0 でもよい */
const whole = (quotient: number): ExpectedReply => ({
  words: `「${quotient}」か「${quotient}.0」`,
  right: (text) => text === `${quotient}` || text === `${quotient}.0`,
});

/** 割り切れない商。10桁まで合っていればよい */
const decimal = (quotient: number): ExpectedReply => ({
  words: `「${quotient}」(10桁まで合っていればよい) `,
  right: (text) => /^-?\d+\.\d+$/.test(text) && Math.abs(Number(text) - quotient) <= Math.abs(quotient) * 1e-9,
});

const add = (a: number, b: number) => ({ message: `add,${a},${b}`, reply: exactly(a + b) });
const sub = (a: number, b: number) => ({ message: `sub,${a},${b}`, reply: exactly(a - b) });
const mul = (a: number, b: number) => ({ message: `mul,${a},${b}`, reply: exactly(a * b) });
const div = (a: number, b: number) => {
  return { message: `div,${a},${b}`, reply: a % b === 0 ? whole(a / b) : decimal(a / b) };
};

const small = (values: Values) => values.integer(12, 49);
const large = (values: Values) => values.integer(51, 98);
const six = (values: Values) => values.integer(100_003, 999_997);

export const lesson: Lesson = {
  ...facts,
  checks: [
    startsListening(facts),
    repliesFirst("サーバは、add を頼まれると、接続が開いているうちに足し算の答えを返す", (values) =>
      add(small(values), large(values)),
    ),
    replies("サーバは、sub を頼まれると、引き算の答えを返す", (values) => sub(large(values), small(values))),
    replies("サーバは、mul を頼まれると、掛け算の答えを返す", (values) => mul(small(values), large(values))),
    replies("サーバは、割り切れる div を頼まれると、商を返す", (values) => {
      const quotient = values.integer(3, 9);
      const b = values.integer(3, 9);
      return div(quotient * b, b);
    }),
    replies("サーバは、割り切れない div を頼まれると、10桁まで正しい商を返す", (values) => {
      const b = [3, 9][values.integer(0, 1)];
      return div(values.integer(10, 29) * b + (b - 1) / 2, b); // 12.333… か 12.444…。9桁では、どの値でも足りない
    }),
    replies("サーバは、0 のある計算でも正しい答えを返す", (values) => mul(0, large(values))), // 答えも 0
    replies("サーバは、負の数の計算でも正しい答えを返す", (values) => sub(-values.integer(102, 498), large(values))),
    replies("サーバは、6桁の数の計算でも正しい答えを返す", (values) => mul(six(values), six(values))),
    repliesToAll("サーバは、1つの接続で届く計算のすべてに答えを返す", (values) =>
      [12, 112, 1012].map((min) => mul(values.integer(min, min + 80), small(values))),
    ),
    repliesOnce("サーバは、答えを1回だけ送り、あとから何も送らない", (values) => [
      mul(small(values), large(values)),
      add(small(values), large(values)),
    ]),
    repliesToNext("サーバは、前のクライアントがいなくなったあと、次のクライアントにも答えを返す", (values) => [
      mul(small(values), large(values)),
      add(values.integer(112, 192), small(values)),
    ]),

    // add は、合わせる検査で打つ
    ...clientChecks(facts, (values) =>
      ["sub", "mul", "div"].map((operator) => {
        const a = values.integer(120, 490);
        const b = small(values);
        const fraction = operator === "div" ? `.${values.integer(1, 9)}` : "";
        const reply = `${values.integer(1002, 9987)}${fraction}`; // 計算の結果でなくてよい
        const slow = operator === "div" ? slowTyping : undefined;
        const wire = `${operator},${a},${b}`;
        return { prompts: prompts(operator, a, b), wire, reply, result: facts.result(reply), slow };
      }),
    ),
    pairCheck(facts),
  ],
};
