import net from "net";
import readline from "readline";
const rl = readline.createInterface({ input: process.stdin });
const lines: string[] = [];
const menu = ["足し算--->add", "引き算--->sub", "掛け算--->mul", "割り算--->div"].join("\n");
const first = "計算結果を返すサービスです\n実行する演算子を入力してください\n" + menu;
const asks = [first, "1つ目の数を入力してください", "2つ目の数を入力してください"];
console.log(asks[0]);
rl.on("line", (line) => {
  lines.push(line);
  if (lines.length < 3) return console.log(asks[lines.length]);
  rl.close();
  const socket = net.connect(Number(process.env.PORT ?? 9000), "127.0.0.1", () => socket.write(lines.join()));
  socket.on("data", (data) => { console.log("[Result]\n" + data); socket.end(); });
});
