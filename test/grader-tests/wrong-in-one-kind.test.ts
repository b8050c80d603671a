// 1つの種類の値、メッセージ、クライアントでだけ間違う提出の表。どれも、その検査でだけ落ちる
import { expect, test } from "@jest/globals";
import net from "node:net";
import { CheckTools, type Listener } from "../grader/checks/check-tools.ts";
import { Grading } from "../grader/checks/grading.ts";
import { lessonNamed } from "../grader/lessons/all.ts";
import type { Program } from "../grader/process/program.ts";
import { Puppet } from "./short-program.ts";
import { grade } from "./submissions.ts";

/** 覚えておく所: 接続ごと (n は、その何個目のメッセージか、client は何人目か) と、サーバに1つ */
type Kept = { connection: Record<string, any>; whole: Record<string, any> };
type Calculation = { text: string; op: string; x: string; y: string; a: number; b: number; r: number } & Kept & {
  calculate: (op: string) => number;
};

/** 間違った答え (そうでなければ、正しい答え) と、落ちるはずの検査の id */
type Row<T> = [answer: (values: T) => unknown, red: string];

function calculation(text: string, kept: Kept): Calculation {
  const [op, x, y] = text.split(",");
  const [a, b] = [Number(x), Number(y)];
  const calculate = (op: string) => ({ add: a + b, sub: a - b, mul: a * b, div: a / b })[op]!;
  return { text, op, x, y, a, b, r: calculate(op) + 0, calculate, ...kept };
}

const calculators: Row<Calculation>[] = [
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

const squares: Row<{ num: number } & Kept>[] = [
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

/** サーバを、プロセスでなく、このプロセスの中の関数として動かす。百の問いを、少しの CPU で試せる */
class FunctionTools extends CheckTools {
  answer: (text: string, kept: Kept) => unknown = () => "";

  async startServer(): Promise<Listener> {
    const puppet = new Puppet(this.session);
    const whole = { n: 0, clients: 0 };
    const server = net.createServer((socket) => {
      const connection = { n: 0, client: ++whole.clients };
      this.session.atEnd(() => socket.destroy());
      socket.on("error", () => {}).setEncoding("utf8").on("data", (text) => {
        whole.n++;
        connection.n++;
        socket.write(String(this.answer(String(text), { connection, whole })));
        puppet.print("send\n");
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    this.session.atEnd(() => server.close());
    puppet.print(`${this.lesson.starts(this.lesson.port)}\n`);
    const { port } = server.address() as net.AddressInfo;
    const at = { asked: this.lesson.port, address: "127.0.0.1", host: "127.0.0.1", port };
    puppet.listened.push(at);
    return { program: puppet as unknown as Program, at };
  }
}

/** サーバの検査を、関数について行う。 @returns 落ちた検査の id */
async function redChecks(lesson: string, answer: FunctionTools["answer"]) {
  const grading = new Grading(lessonNamed(lesson), "", { seed: Number(process.env.SEED) });
  grading.tools = () => Object.assign(new FunctionTools(grading.lesson, "", { limit: 4000 }), { answer });
  return Object.keys(await grading.examine("server")).join(" ");
}

test.concurrent.each(calculators)("計算のサーバ: %s", async (answer, red) => {
  expect(await redChecks("Practice2", (text, kept) => answer(calculation(text, kept)))).toBe(red);
});

test.concurrent.each(squares)("2乗のサーバ: %s", async (answer, red) => {
  expect(await redChecks("Practice1", (text, kept) => answer({ num: Number(text), ...kept }))).toBe(red);
});

test.concurrent("正しい関数は通る", async () => {
  expect(await redChecks("Practice1", (text) => Number(text) ** 2)).toBe("");
  expect(await redChecks("Practice2", (text, kept) => calculation(text, kept).r)).toBe("");
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
/** 何番目の筋書きで落ちるかも */
const clientRows: [lesson: string, sends: string, shows: string, red: string, script: number][] = [
  ["Practice1", "/^\\d+$/.test(t) ? t : 'もう一度'", "`Answer:${reply}`", "sends", 1],
  ["Practice1", "Number(t) || 'なし'", "`Answer:${reply}`", "sends", 2],
  ["Practice1", "t.slice(0, 5)", "`Answer:${reply}`", "sends", 3],
  ["Practice1", "t", "`Answer:${Number(reply) || 'なし'}`", "shows", 1],
  ["Practice1", "t", "`Answer:${Math.abs(reply)}`", "shows", 3],
  ["Practice1", "t", "`Answer:${Number(reply) | 0}`", "shows", 2],
  ["Practice2", "`${t},${Math.abs(Number(u))},${v}`", calculated, "sends", 1],
  ["Practice2", "`${t},${u},${Math.abs(Number(v))}`", calculated, "sends", 2],
  ["Practice2", "`${t},${Number(u) || ''},${v}`", calculated, "sends", 2],
  ["Practice2", "`${t},${u},${Number(v) || ''}`", calculated, "sends", 1],
  ["Practice2", "`${t},${u.slice(0, 5)},${v}`", calculated, "sends", 3],
  ["Practice2", "`${t},${u},${v.slice(0, 5)}`", calculated, "sends", 4],
  ["Practice2", "`${t.replace('add', '+')},${u},${v}`", calculated, "sends", 2],
  ["Practice2", "`${t},${u},${v}`", "Number(reply) ? `[Result]\\n${reply}` : '[Result]'", "shows", 1],
  ["Practice2", "`${t},${u},${v}`", "`[Result]\\n${Math.abs(reply)}`", "shows", 2],
  ["Practice2", "`${t},${u},${v}`", "`[Result]\\n${reply > 2 ** 31 ? reply | 0 : reply}`", "shows", 3],
  ["Practice2", "`${t},${u},${v}`", "`[Result]\\n${parseInt(reply)}`", "shows", 4],
];
test.concurrent.each(clientRows)("%s のクライアント: %s と送り、%s と表示する", async (...row) => {
  const [lesson, sends, shows, red, script] = row;
  const asks = lesson === "Practice1" ? [["数字を入力してください"]] : asksThree;
  const files = { [`${lesson}/client.ts`]: client(lesson === "Practice1" ? 6000 : 9000, asks, sends, shows) };
  const fallen = await grade(files, lesson, ["言葉でたずねる"], { plain: true, script: script - 1 });
  expect(fallen.map(({ id }) => id)).toEqual([red]);
});
