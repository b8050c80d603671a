// 1つの種類の値、メッセージ、クライアントでだけ間違う提出の表。どれも、その検査でだけ落ちる
import { expect, test } from "@jest/globals";
import { grade } from "./submissions.ts";

/** 式 (TypeScript)、落ちるはずの検査の id */
type Row = [wrong: string, red: string];

/**
 * サーバ。connection は接続ごとに、whole はサーバに1つの、覚えておく所。どちらも n が、何個目のメッセージかの数
 * @param reads 届いた text から、式が使う値を作る文
 * @param wrong 答える値の式
 */
const server = (port: number, starts: string, reads: string, wrong: string) => `
import { createServer } from "node:net";
const whole: any = { n: 0, clients: 0 };
createServer((socket) => {
  const connection: any = { n: 0, client: ++whole.clients };
  socket.on("error", () => {}).on("end", () => process.env.ONE && process.exit());
  socket.setEncoding("utf8").on("data", (text) => {
    whole.n++, connection.n++;
    ${reads}
    socket.write(String(${wrong}));
    ${port === 6000 ? 'console.log("send");' : ""}
  });
}).listen(Number(process.env.PORT || ${port}), "127.0.0.1", () => console.log(${JSON.stringify(starts)}));`;

const calculating = `const [op, x, y] = String(text).split(","), a = Number(x), b = Number(y);
    const calculate = (op: string): any => ({ add: a + b, sub: a - b, mul: a * b, div: a / b })[op];
    const r = calculate(op) + 0;`;

const calculators: Row[] = [
  // 演算子と、符号と 0
  ["op === 'add' && a < 0 ? -r : r", "negative"],
  ["op === 'add' && b < 0 ? a - b : r", "negative"],
  ["op === 'add' && a < 0 && b < 0 ? -r : r", "negative"],
  ["op === 'sub' && a < 0 ? -a - b : r", "negative"],
  ["op === 'sub' ? Math.abs(r) : r", "negative"],
  ["eval(x + { add: '+', sub: '-', mul: '*', div: '/' }[op] + y) + 0", "negative"], // 7--3
  ["op === 'mul' && a < 0 ? 0 : r", "negative"],
  ["op === 'mul' && b < 0 ? 0 : r", "negative"], // b 回足す
  ["op === 'mul' && a < 0 && b < 0 ? -r : r", "negative"],
  ["op === 'div' && a < 0 ? -r : r", "negative"],
  ["op === 'div' && b < 0 ? -r : r", "negative"],
  ["op === 'div' && a < 0 && b < 0 ? -r : r", "negative"],
  ["op === 'add' && a === 0 ? 0 : r", "zero"],
  ["op === 'add' && b === 0 ? 0 : r", "zero"],
  ["op === 'sub' && a === 0 ? b : r", "zero"],
  ["b === 0 ? '0 では割れません' : r", "zero"],
  ["op === 'mul' && a === 0 ? b : r", "zero"],
  ["op === 'mul' && b === 0 ? a : r", "zero"],
  ["op === 'div' && a === 0 ? b : r", "zero"],
  ["Object.is(calculate(op), -0) ? '-0' : r", "zero"],
  ["r || '(なし)'", "zero"],
  ["op === 'sub' && a === b ? a : r", "zero"],
  ["op === 'add' && a === -b ? a : r", "zero"],
  // 同じ2つ、1
  ["op === 'mul' && a === b ? a : r", "mul"],
  ["op === 'div' && a === b ? 0 : r", "div-even"],
  ["op === 'div' && b === 1 ? 1 : r", "div-even"],
  ["op === 'mul' && b === 1 ? 1 : r", "mul"],
  // 大きさと桁
  ["op === 'mul' ? Math.imul(a, b) : r", "six-digits"],
  ["Math.abs(a) > 32767 ? 0 : r", "six-digits"],
  ["y.length > 5 ? 0 : r", "six-digits"],
  ["Math.abs(r) >= 1e5 ? r.toExponential() : r", "six-digits"],
  ["Math.abs(r) >= 1e5 ? r.toLocaleString('en') : r", "six-digits"],
  ["Number.isInteger(r) ? r : Number(r.toPrecision(9))", "div-uneven"],
  ["Number.isInteger(r) ? r : r.toFixed(2)", "div-uneven"],
  ["Math.trunc(r)", "div-uneven"],
  ["op === 'div' && Number.isInteger(r) ? `${r}.00` : r", "div-even"],
  // 前のメッセージ、前のクライアント
  ["(connection.sum = (connection.sum ?? 0) + r)", "every-message"],
  ["calculate((connection.op ??= op)) + 0", "every-message"],
  ["(whole[`${x},${y}`] ??= r)", "every-message"],
  ["connection.n === 2 ? 0.5 : r", "every-message"],
  ["connection.n === 4 ? 0.5 : r", "every-message"],
  ["whole.n === 30 ? 0.5 : r", "every-message"],
  ["connection.client === 2 ? 0.5 : r", "next-client"],
  ["connection.client === 3 ? 0.5 : r", "next-client"],
  // 余分なもの
  ["r < 0 ? `${r}\\n` : r", "once"],
  ["connection.n === 5 ? `${r} ${r}` : r", "once"],
  ["(connection.all = (connection.all ?? '') + r)", "once"],
];

const squares: Row[] = [
  ["num < 0 ? -num * num : num * num", "negative"],
  ["num === -1 ? -1 : num * num", "negative"],
  ["num < -99_999 ? 0 : num * num", "negative"],
  ["num * num || 'なし'", "zero"],
  ["num === 0 ? '-0' : num * num", "zero"],
  ["num === 1 ? 2 : num * num", "square"],
  ["Math.abs(num) < 10 ? num : num * num", "square"],
  ["Math.imul(num, num)", "six-digits"],
  ["num * num >= 1e10 ? (num * num).toExponential() : num * num", "six-digits"],
  ["num * num >= 1e10 ? (num * num).toLocaleString('en') : num * num", "six-digits"],
  ["num === connection.last ? 0.5 : (connection.last = num) * num", "every-message"],
  ["connection.n === 3 ? 0.5 : num * num", "every-message"],
  ["connection.n === 20 ? 0.5 : num * num", "every-message"],
  ["(connection.sum = (connection.sum ?? 0) + num * num)", "every-message"],
  ["connection.n === 7 ? `${num * num}\\n` : num * num", "once"],
];

/** 違った検査の id を言う */
async function reds(lesson: string, files: Record<string, string>, part: string) {
  const fallen = await grade(files, lesson, [part], { plain: true });
  return fallen.map(({ id }) => id).join(" ");
}

const listening = ["listen ('127.0.0.1', 9000)", "Waiting for connections..."];
test.concurrent.each(calculators)("計算のサーバ: %s", async (wrong, red) => {
  const files = { "Practice2/server.ts": server(9000, listening[0], calculating, wrong) };
  expect(await reds("Practice2", files, "add を頼")).toBe(red);
});

test.concurrent.each(squares)("2乗のサーバ: %s", async (wrong, red) => {
  const files = { "Practice1/server.ts": server(6000, listening[1], "const num = Number(text);", wrong) };
  expect(await reds("Practice1", files, "0 の2乗")).toBe(red);
});

/** クライアント。@param sends 送るものの式、@param shows 表示するものの式 */
const client = (port: number, asks: string[][], sends: string, shows: string) => `
import { connect } from "node:net";
import { createInterface } from "node:readline/promises";
async function main() {
  const lines = createInterface({ input: process.stdin });
  const input = lines[Symbol.asyncIterator]();
  const typed: string[] = [];
  for (const prompts of ${JSON.stringify(asks)}) {
    console.log(prompts.join("\\n"));
    typed.push((await input.next()).value);
  }
  lines.close();
  const [t, u, v] = typed;
  const socket = connect(Number(process.env.PORT || ${port}), "127.0.0.1");
  socket.write(String(${sends}));
  socket.setEncoding("utf8").once("data", (reply: any) => {
    console.log(${shows});
    socket.destroy();
  });
}
main();`;

const menu = ["計算結果を返すサービスです", "実行する演算子を入力してください"];
const operators = ["足し算--->add", "引き算--->sub", "掛け算--->mul", "割り算--->div"];
const asksThree = [[...menu, ...operators], ["1つ目の数を入力してください"], ["2つ目の数を入力してください"]];

const calculated = "`[Result]\\n${reply}`";
const clientRows: [lesson: string, sends: string, shows: string, red: string][] = [
  ["Practice1", "/^\\d+$/.test(t) ? t : 'もう一度'", "`Answer:${reply}`", "sends"],
  ["Practice1", "Number(t) || 'なし'", "`Answer:${reply}`", "sends"],
  ["Practice1", "t.slice(0, 5)", "`Answer:${reply}`", "sends"],
  ["Practice1", "t", "`Answer:${Number(reply) || 'なし'}`", "shows"],
  ["Practice1", "t", "`Answer:${Math.abs(reply)}`", "shows"],
  ["Practice1", "t", "`Answer:${Number(reply) | 0}`", "shows"],
  ["Practice2", "`${t},${Math.abs(Number(u))},${v}`", calculated, "sends"],
  ["Practice2", "`${t},${u},${Math.abs(Number(v))}`", calculated, "sends"],
  ["Practice2", "`${t},${Number(u) || ''},${v}`", calculated, "sends"],
  ["Practice2", "`${t},${u},${Number(v) || ''}`", calculated, "sends"],
  ["Practice2", "`${t},${u.slice(0, 5)},${v}`", calculated, "sends"],
  ["Practice2", "`${t},${u},${v.slice(0, 5)}`", calculated, "sends"],
  ["Practice2", "`${t.replace('add', '+')},${u},${v}`", calculated, "sends"],
  ["Practice2", "`${t},${u},${v}`", "Number(reply) ? `[Result]\\n${reply}` : '[Result]'", "shows"],
  ["Practice2", "`${t},${u},${v}`", "`[Result]\\n${Math.abs(reply)}`", "shows"],
  ["Practice2", "`${t},${u},${v}`", "`[Result]\\n${reply > 2 ** 31 ? reply | 0 : reply}`", "shows"],
  ["Practice2", "`${t},${u},${v}`", "`[Result]\\n${parseInt(reply)}`", "shows"],
];
test.concurrent.each(clientRows)("%s のクライアント: %s と送り、%s と表示する", async (lesson, sends, shows, red) => {
  const asks = lesson === "Practice1" ? [["数字を入力してください"]] : asksThree;
  const code = client(lesson === "Practice1" ? 6000 : 9000, asks, sends, shows);
  expect(await reds(lesson, { [`${lesson}/client.ts`]: code }, "言葉でたずねる")).toBe(red);
});
