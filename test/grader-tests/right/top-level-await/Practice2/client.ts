// 関数の外の await。package.json はない
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";

const reader = createInterface({ input: process.stdin });
const lines = reader[Symbol.asyncIterator]();
const ask = async (...prompts: string[]) => {
  for (const prompt of prompts) console.log(prompt);
  return (await lines.next()).value!.trim();
};
const operator = await ask(
  ...["計算結果を返すサービスです", "実行する演算子を入力してください"],
  ...["足し算--->add", "引き算--->sub", "掛け算--->mul", "割り算--->div"],
);
const num1 = await ask("1つ目の数を入力してください");
const num2 = await ask("2つ目の数を入力してください");
reader.close();

const socket = connect(Number(process.env.PORT || 9000), "127.0.0.1");
socket.write([operator, num1, num2].join(","));
const [answer] = await once(socket, "data");
console.log("[Result]");
console.log(String(answer));
socket.destroy();
