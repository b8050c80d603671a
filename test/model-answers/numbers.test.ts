// 数: どんな桁数でも正しく、悪い入力には訳を言い、接続はそのまま続ける
import { expect, test } from "@jest/globals";
import { lessonNamed } from "../grader/lessons/all.ts";
import { startAndConnect } from "./run-copy.ts";

type Question = [message: string, reply: string];

const forty = "1234567890".repeat(4);
const huge = `1${"0".repeat(400)}`;

/** 接続1つで順に聞き、答えを調べる */
async function askAll(name: string, questions: Question[]) {
  const { program, client } = await startAndConnect(lessonNamed(name));
  for (const [message, reply] of questions) await client.exchange(message, reply);
  return { program, client };
}

const integer = (text: string) => `エラー: 「${text}」は整数ではありません`;

const squares: Question[] = [
  ["67", "4489"],
  ["0", "0"],
  ["-12", "144"],
  ["+12", "144"],
  ["６７", "4489"],
  ["１２３４５６７８９０", "1524157875019052100"],
  ["－１２", "144"],
  ["＋１２", "144"],
  [" 67\n", "4489"],
  ["\u300067\u3000", "4489"],
  ["007", "49"],
  ["9007199254740993", "81129638414606699710187514626049"],
  [forty, String(BigInt(forty) ** 2n)],
  [huge, `1${"0".repeat(800)}`],
];

test("Practice1: 2乗は、大きな数も負の数も全角の数も正しい", async () => {
  await askAll("Practice1", squares);
});

test("Practice1: 数でないものには訳を言い、次の数に答える", async () => {
  const bad = [" ", "1.5", "0x10", "1e3", "abc", "1 2", "--1", "+", "1_000", "²", "①", "12n", "٣", "1\n2", "Infinity"];
  await askAll("Practice1", bad.flatMap((text): Question[] => [[text, integer(text.trim())], ["3", "9"]]));
});

const calculations: Question[] = [
  ["add,7,4", "11"],
  ["sub,4,7", "-3"],
  ["mul,-7,4", "-28"],
  ["add,６７,３", "70"],
  ["mul,１２３４５６７８９０,1", "1234567890"],
  ["add,+7,－4", "3"],
  ["add,7,+4", "11"],
  ["add, ＋12 ,1", "13"],
  ["add,＋7,\u30004\u3000", "11"],
  ["add, 7 , 4\r\n", "11"],
  ["add,9007199254740993,1", "9007199254740994"],
  [`add,${forty},1`, String(BigInt(forty) + 1n)],
  [`sub,1,${forty}`, String(1n - BigInt(forty))],
  [`mul,${forty},${forty}`, String(BigInt(forty) ** 2n)],
  [`div,${BigInt(forty) * 3n},3`, forty],
  ["div,8,4", "2"],
  ["div,7,4", "1.75"],
  ["div,-7,2", "-3.5"],
  ["div,1,3", "0.3333333333333333"],
  ["div,2,3", "0.6666666666666666"],
  ["div,1,10000000", "1e-7"],
  ["div,0,5", "0"],
  ["div,4503599627370497,2", "2251799813685248.5"],
  [`div,${huge}0,${huge}`, "10"],
  [`div,1,${huge}`, "0"],
  [`div,1,3${"0".repeat(60)}`, String(1 / 3e60)],
];

test("Practice2: 計算は、大きな数も負の数も全角の数も正しい", async () => {
  const { program, client } = await askAll("Practice2", calculations);
  client.socket.end();
  await client.closes();
  program.signal("SIGINT");
  expect((await program.ends()).stdout).toBe("listen ('127.0.0.1', 9000)\n");
});

const count = (text: string) => `エラー: 「${text}」は「add,7,4」の形ではありません`;
const operator = (name: string) => `エラー: 演算子「${name}」はありません。add, sub, mul, div から選んでください`;

const impossible: Question[] = [
  ["add,,4", integer("")],
  ["add,7,", integer("")],
  ["add,1.5,4", integer("1.5")],
  ["add,7,0x10", integer("0x10")],
  ["mul,1e3,4", integer("1e3")],
  ["sub,7,abc", integer("abc")],
  ["add,７,--4", integer("--4")],
  ["add,+,4", integer("+")],
  ["add,7, 7 7 \n", integer("7 7")],
  ["add,7,²", integer("²")],
  ["add,①,4", integer("①")],
  ["add,７．５,４", integer("７．５")],
  ["add,7n,4", integer("7n")],
  ["add,-5,x", integer("x")],
  ["add, ＋12 ,x", integer("x")],
  ["add,+3,x", integer("x")],
  ["add,－3,x", integer("x")],
  ["add,--7,x", integer("--7")],
  ["add,--7,4", integer("--7")],
  ["add,7,4\nx", integer("4\nx")],
  ["add,٣,4", integer("٣")],
  ["足す,7,4", operator("足す")],
  [" add,7,4", operator(" add")],
  ["ａｄｄ,７,4", operator("ａｄｄ")],
  ["pow,7,4", operator("pow")],
  ["ADD,7,4", operator("ADD")],
  [",7,4", operator("")],
  ["toString,7,4", operator("toString")],
  ["add", count("add")],
  [" add,7\n", count("add,7")],
  ["add,7,4,1", count("add,7,4,1")],
  ["add，7，4", count("add，7，4")],
  ["こんにちは", count("こんにちは")],
  ["div,7,0", "エラー: 0 で割ることはできません"],
  ["div,0,-0", "エラー: 0 で割ることはできません"],
  [`div,${huge}1,3`, "エラー: 商が大きすぎて書き表せません"],
  [`div,-${huge}1,3`, "エラー: 商が大きすぎて書き表せません"],
];

test("Practice2: できない計算には訳を言い、次の計算に答える", async () => {
  await askAll("Practice2", impossible.flatMap((one): Question[] => [one, ["add,7,4", "11"]]));
});
