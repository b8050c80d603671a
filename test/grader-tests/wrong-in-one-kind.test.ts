// 1つの種類の値、メッセージ、クライアントでだけ間違う、サーバとクライアントの表。どれも、その検査でだけ落ちる
import { expect, test } from "@jest/globals";
import { gradingOf, type Functions } from "./function-programs.ts";

/** 間違った答え (そうでなければ、正しい答え) と、落ちるはずの検査の id */
type Row = [answer: Functions["answer"], red: string];

const calculators: Row[] = [
  // 演算子と、符号と 0
  [({ op, a, r }) => op === "add" && a < 0 ? -r : r, "negative"],
  [({ op, a, b, r }) => op === "add" && b < 0 ? a - b : r, "negative"],
  [({ op, a, b, r }) => op === "add" && a < 0 && b < 0 ? -r : r, "negative"],
  [({ op, a, b, r }) => op === "sub" && a < 0 ? -a - b : r, "negative"],
  [({ op, r }) => op === "sub" ? Math.abs(r) : r, "negative"],
  [({ op, b, r }) => op === "sub" && b < 0 ? NaN : r, "negative"],
  [({ op, a, r }) => op === "mul" && a < 0 ? 0 : r, "negative"],
  [({ op, b, r }) => op === "mul" && b < 0 ? 0 : r, "negative"], // b 回足す
  [({ op, a, b, r }) => op === "mul" && a < 0 && b < 0 ? -r : r, "negative"],
  [({ op, a, r }) => op === "div" && a < 0 ? -r : r, "negative"],
  [({ op, b, r }) => op === "div" && b < 0 ? -r : r, "negative"],
  [({ op, a, b, r }) => op === "div" && a < 0 && b < 0 ? -r : r, "negative"],
  [({ op, a, r }) => op === "add" && a === 0 ? 0 : r, "zero"],
  [({ op, b, r }) => op === "add" && b === 0 ? 0 : r, "zero"],
  [({ op, a, b, r }) => op === "sub" && a === 0 ? b : r, "zero"],
  [({ b, r }) => b === 0 ? "0 では割れません" : r, "zero"],
  [({ op, a, b, r }) => op === "mul" && a === 0 ? b : r, "zero"],
  [({ op, a, b, r }) => op === "mul" && b === 0 ? a : r, "zero"],
  [({ op, a, b, r }) => op === "div" && a === 0 ? b : r, "zero"],
  [({ op, r, calculate }) => Object.is(calculate(op), -0) ? "-0" : r, "zero"],
  [({ r }) => r || "(なし)", "zero"],
  [({ op, a, b, r }) => op === "sub" && a === b ? a : r, "zero"],
  [({ op, a, b, r }) => op === "add" && a === -b ? a : r, "zero"],
  // 同じ2つ、1
  [({ op, a, b, r }) => op === "mul" && a === b ? a : r, "mul"],
  [({ op, a, b, r }) => op === "div" && a === b ? 0 : r, "div-even"],
  [({ op, b, r }) => op === "div" && b === 1 ? 1 : r, "div-even"],
  [({ op, b, r }) => op === "mul" && b === 1 ? 1 : r, "mul"],
  // 大きさと桁
  [({ op, a, b, r }) => op === "mul" ? Math.imul(a, b) : r, "six-digits"],
  [({ a, r }) => Math.abs(a) > 32767 ? 0 : r, "six-digits"],
  [({ y, r }) => y.length > 5 ? 0 : r, "six-digits"],
  [({ r }) => Math.abs(r) >= 1e5 ? r.toExponential() : r, "six-digits"],
  [({ r }) => Math.abs(r) >= 1e5 ? r.toLocaleString("en") : r, "six-digits"],
  [({ r }) => Number.isInteger(r) ? r : Number(r.toPrecision(9)), "div-uneven"],
  [({ r }) => Number.isInteger(r) ? r : r.toFixed(2), "div-uneven"],
  [({ r }) => Math.trunc(r), "div-uneven"],
  [({ op, r }) => op === "div" && Number.isInteger(r) ? `${r}.00` : r, "div-even"],
  // 前のメッセージ、前のクライアント
  [({ r, connection }) => (connection.sum = (connection.sum ?? 0) + r), "every-message"],
  [({ op, calculate, connection }) => calculate((connection.op ??= op)) + 0, "every-message"],
  [({ x, y, r, whole }) => (whole[`${x},${y}`] ??= r), "every-message"],
  [({ r, connection }) => connection.n === 2 ? 0.5 : r, "every-message"],
  [({ r, connection }) => connection.n === 4 ? 0.5 : r, "every-message"],
  [({ r, whole }) => whole.n === 30 ? 0.5 : r, "every-message"],
  [({ text, r, connection }) => connection.last === (connection.last = text) ? 0.5 : r, "every-message"],
  [({ r, connection }) => connection.client === 2 ? 0.5 : r, "next-client"],
  [({ r, connection }) => connection.client === 3 ? 0.5 : r, "next-client"],
  [({ r, connection }) => connection.client === 6 ? 0.5 : r, "next-client"],
  // 大きな和と商、小さな商
  [({ op, r }) => op === "add" && r < -99_999 ? -r : r, "negative"],
  [({ op, r }) => op === "add" && r > 999_999 ? r % 1_000_000 : r, "six-digits"],
  [({ op, r }) => op === "div" && r > 99_999 ? 99_999 : r, "six-digits"],
  [({ op, r }) => op === "div" && r < 0 && r > -1 ? -r : r, "negative"],
  [({ r }) => Number.isInteger(r) ? r : r.toFixed(8), "div-uneven"],
  // 余分なもの
  [({ r }) => r < 0 ? `${r}\n` : r, "once"],
  [({ r, connection }) => connection.n === 5 ? `${r} ${r}` : r, "once"],
  [({ r, connection }) => (connection.all = (connection.all ?? "") + r), "once"],
];

const squares: Row[] = [
  [({ num }) => num < 0 ? -num * num : num * num, "negative"],
  [({ num }) => num === -1 ? -1 : num * num, "negative"],
  [({ num }) => num < -99_999 ? 0 : num * num, "negative"],
  [({ num }) => num * num || "なし", "zero"],
  [({ num }) => num === 0 ? "-0" : num * num, "zero"],
  [({ num }) => num === 1 ? 2 : num * num, "square"],
  [({ num }) => Math.abs(num) < 10 ? num : num * num, "square"],
  [({ num }) => Math.imul(num, num), "six-digits"],
  [({ num }) => num * num >= 1e10 ? (num * num).toExponential() : num * num, "six-digits"],
  [({ num }) => num * num >= 1e10 ? (num * num).toLocaleString("en") : num * num, "six-digits"],
  [({ num, connection }) => num === connection.last ? 0.5 : (connection.last = num) * num, "every-message"],
  [({ num, connection }) => connection.n === 3 ? 0.5 : num * num, "every-message"],
  [({ num, connection }) => connection.n === 20 ? 0.5 : num * num, "every-message"],
  [({ num, connection }) => (connection.sum = (connection.sum ?? 0) + num * num), "every-message"],
  [({ num, connection }) => connection.n === 7 ? `${num * num}\n` : num * num, "once"],
];

/** 落ちた検査の id */
async function redChecks(lesson: string, part: "server" | "client", functions: Functions) {
  return Object.keys(await gradingOf(lesson, functions).examine(part)).join(" ");
}

test.concurrent.each(calculators)("計算のサーバ: %s", async (answer, red) => {
  expect(await redChecks("Practice2", "server", { answer })).toBe(red);
});

test.concurrent.each(squares)("2乗のサーバ: %s", async (answer, red) => {
  expect(await redChecks("Practice1", "server", { answer })).toBe(red);
});

/** 送るものか表示するものの間違い。その検査が落ちる */
const clients: [lesson: string, wrong: "sends" | "shows", how: (...args: any[]) => any][] = [
  ["Practice1", "sends", (t) => /^\d+$/.test(t) ? t : "もう一度"],
  ["Practice1", "sends", (t) => Number(t) || "なし"],
  ["Practice1", "sends", (t) => t.slice(0, 5)],
  ["Practice1", "shows", (reply) => `Answer:${Number(reply) || "なし"}`],
  ["Practice1", "shows", (reply) => `Answer:${Math.abs(reply)}`],
  ["Practice1", "shows", (reply) => `Answer:${Number(reply) | 0}`],
  ["Practice2", "sends", (t, u, v) => `${t},${Math.abs(Number(u))},${v}`],
  ["Practice2", "sends", (t, u, v) => `${t},${u},${Math.abs(Number(v))}`],
  ["Practice2", "sends", (t, u, v) => `${t},${Number(u) || ""},${v}`],
  ["Practice2", "sends", (t, u, v) => `${t},${u},${Number(v) || ""}`],
  ["Practice2", "sends", (t, u, v) => `${t},${u.slice(0, 5)},${v}`],
  ["Practice2", "sends", (t, u, v) => `${t},${u},${v.slice(0, 5)}`],
  ["Practice2", "sends", (t, u, v) => `${t.replace("add", "+")},${u},${v}`],
  ["Practice2", "shows", (reply) => Number(reply) ? `[Result]\n${reply}` : "[Result]"],
  ["Practice2", "shows", (reply) => `[Result]\n${Math.abs(reply)}`],
  ["Practice2", "shows", (reply) => `[Result]\n${reply > 2 ** 31 ? reply | 0 : reply}`],
];
test.concurrent.each(clients)("%s のクライアント: %s %s", async (lesson, wrong, how) => {
  expect(await redChecks(lesson, "client", { [wrong]: how })).toBe(wrong);
});

test.concurrent.each([
  ["Practice1", { shows: (reply: string) => `Answer:${Number(reply)}` }],
  ["Practice2", { shows: (reply: string) => `[Result]\n${Number(reply)}` }],
])("%s の正しい関数は通る。クライアントが、返事を数にしてから表示しても", async (lesson, functions) => {
  expect(await redChecks(lesson, "server", functions)).toBe("");
  expect(await redChecks(lesson, "client", functions)).toBe("");
});
