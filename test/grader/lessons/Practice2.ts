// Practice2 (演習2 (計算)) のポートと、表示する行と、採点で行うすべての検査
import { exactly, type ExpectedReply, type Question } from "../checks/ask-server.ts";
import { clientChecks, examineClient } from "../checks/client-checks.ts";
import { examineServer, serverCheck } from "../checks/examine-server.ts";
import type { Facts, Lesson } from "../checks/lesson.ts";
import { examinePair, pairCheck } from "../checks/pair-check.ts";
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

const operators = ["add", "sub", "mul", "div"] as const;
type Operator = (typeof operators)[number];

/** 計算を頼む */
function ask(operator: Operator, a: number, b: number): Question {
  const result = { add: a + b, sub: a - b, mul: a * b, div: a / b }[operator] + 0; // -0 は 0
  const even = Number.isInteger(result);
  const kind = operator === "div" ? (even ? "div-even" : "div-uneven") : operator;
  const about = [
    ...([a, b, result].includes(0) ? ["zero"] : []),
    ...([a, b, result].some((num) => num < 0) ? ["negative"] : []),
    ...([a, b].some((num) => Math.abs(num) >= 100_000) ? ["six-digits"] : []),
    kind,
    ...(Math.max(...[a, b].map(Math.abs)) >= 1000 || Math.abs(result) >= 100_000 ? ["six-digits"] : []), // 大きな数
  ];
  const reply = operator !== "div" ? exactly(result) : even ? whole(result) : decimal(result);
  return { message: `${operator},${a},${b}`, reply, about };
}

/** 同じ2つの数を、どの演算子でも。小さな商は、小数で10桁まででは足りないので、たずねない */
const askAll = (a: number, b: number) =>
  operators
    .filter((operator) => operator !== "div" || a === 0 || Math.abs(a / b) >= 0.1)
    .filter((operator) => operator !== "div" || b !== 0)
    .map((operator) => ask(operator, a, b));

/** 割り切れない割り算。12.333… か 12.444… のようになる。9桁では、どの値でも足りない */
function uneven(values: Values) {
  const b = [3, 9][values.integer(0, 1)];
  return ask("div", values.integer(10, 29) * b + (b - 1) / 2, b);
}

/** 商が 0.1 と 0.2 の間になる2つの数。小数9桁では、たいてい足りない */
function tenth(values: Values, sign: number) {
  const b = values.integer(203, 987);
  return [sign * values.integer(Math.ceil(b / 10) + 1, Math.floor(b / 5)), b];
}

function questions(values: Values) {
  const small = () => values.integer(12, 49);
  const large = () => values.integer(51, 98);
  const six = () => values.integer(100_003, 999_997);
  const [quotient, divisor] = [values.integer(3, 9), values.integer(3, 9)];
  const [zero, minus, big] = [large(), -values.integer(102, 498), [six(), six()] as const];
  const signs = [1, -1, 0];
  const pairs = [
    ...signs.flatMap((a) => signs.map((b) => [a * values.integer(51, 987), b * values.integer(2, 49)])),
    ...[1, 2, 3, 4, 5, 6].map((length) => [values.digits(length), values.digits(values.integer(1, 6))]),
    ...signs.slice(0, 2).map((sign) => [sign, sign].map((one) => one * quotient * 11)), // 同じ数。引くと 0
    [large(), 1],
    [-divisor, divisor], // 足すと 0
    [quotient * divisor, divisor],
    [quotient * divisor, -divisor],
    ...signs.flatMap((a) => signs.slice(0, 2).map((b) => [a * values.integer(900_001, 999_999), b * six()])),
    ...[1, -1, 1, 1, 1, 1].map((sign) => tenth(values, sign)),
    [values.integer(900_001, 999_999), values.integer(2, 9)], // 大きな商
  ];
  const mixed = values.shuffled(pairs.flatMap(([a, b]) => askAll(a, b)));
  const rest = mixed.flatMap((one, i) => (i % 9 ? one : [one, one]));
  return {
    opening: ask("add", small(), large()),
    firsts: [
      [ask("sub", large(), small())],
      [ask("mul", small(), large())],
      [ask("div", quotient * divisor, divisor)],
      [uneven(values)],
      [ask("mul", 0, zero), ask("add", 0, zero), ask("sub", zero, 0), ask("div", 0, zero)],
      [ask("sub", minus, large()), ask("add", minus, large()), ask("mul", minus, large()), ask("div", minus * 7, 7)],
      [ask("mul", ...big), ask("add", ...big), ask("sub", ...big)],
    ],
    rest: rest.sort((a, b) => a.about.length - b.about.length), // 訳が1つのものから。同じものは、続けて2度
  };
}

/** add は、合わせる検査でも打つ */
function scripts(values: Values) {
  const middle = () => values.integer(120, 490);
  const typed = [
    { operator: "sub", a: -middle(), b: 0, reply: "0" },
    { operator: "add", a: 0, b: -middle(), reply: `${-values.integer(1002, 9987)}` }, // 計算の結果でなくてよい
    { operator: "mul", a: values.integer(100_003, 999_997), b: middle(), reply: `${values.digits(12)}` },
    { operator: "div", a: middle(), b: values.integer(100_003, 999_997), reply: `-${middle()}.5` },
  ];
  return typed.map(({ operator, a, b, reply }, i) => {
    const slow = i === typed.length - 1 ? slowTyping : undefined;
    const wire = `${operator},${a},${b}`;
    return { prompts: prompts(operator, a, b), wire, reply, result: facts.result(reply), slow };
  });
}

export const lesson: Lesson = {
  ...facts,
  checks: [
    serverCheck("listens", "サーバは、PORT がなければ 9000 番で待ち、listen ('127.0.0.1', 9000) と表示する"),
    serverCheck("add", "サーバは、add を頼まれると、接続が開いているうちに足し算の答えを返す"),
    serverCheck("sub", "サーバは、sub を頼まれると、引き算の答えを返す"),
    serverCheck("mul", "サーバは、mul を頼まれると、掛け算の答えを返す"),
    serverCheck("div-even", "サーバは、割り切れる div を頼まれると、商を返す"),
    serverCheck("div-uneven", "サーバは、割り切れない div を頼まれると、10桁まで正しい商を返す"),
    serverCheck("zero", "サーバは、0 のある計算でも正しい答えを返す"),
    serverCheck("negative", "サーバは、負の数の計算でも正しい答えを返す"),
    serverCheck("six-digits", "サーバは、6桁の数の計算でも正しい答えを返す"),
    serverCheck("every-message", "サーバは、1つの接続で届く計算のすべてに答えを返す"),
    serverCheck("once", "サーバは、答えを1回だけ送り、あとから何も送らない"),
    serverCheck("next-client", "サーバは、前のクライアントがいなくなったあと、次のクライアントにも答えを返す"),
    ...clientChecks(facts),
    pairCheck(facts),
  ],
  examine: {
    server: (grading) => examineServer(grading, questions),
    client: (grading) => examineClient(grading, scripts),
    pair: (grading) => examinePair(grading),
  },
};
