// Practice2 のクライアント: 演算子と2つの数をサーバに送り、計算結果を表示する
import { once } from "node:events";
import { Socket } from "node:net";
import { createInterface } from "node:readline";

// IPアドレスとポート番号の設定
const host = "127.0.0.1";
const port = Number(process.env.PORT || 9000);

async function main() {
  // ソケットの作成 (socket)
  const client = new Socket();
  // サーバが返事より先に閉じたら、エラーにする。入力を待つ間に切れたときも、すぐに終わる
  client.on("end", () => {
    if (client.bytesRead === 0) client.destroy(new Error("NO_ANSWER"));
  });
  client.on("error", fail);

  // サーバに接続 (connect): つながるまで待つ
  client.connect({ host, port });
  await once(client, "connect");

  // 演算子と数の入力 (input)
  const rl = createInterface({ input: process.stdin });
  const lines = rl[Symbol.asyncIterator]();
  async function input(): Promise<string> {
    const { value, done } = await lines.next();
    if (done) throw new Error("NO_INPUT");
    return value.trim();
  }
  console.log("計算結果を返すサービスです");
  console.log("実行する演算子を入力してください");
  console.log("足し算--->add");
  console.log("引き算--->sub");
  console.log("掛け算--->mul");
  console.log("割り算--->div");
  const operator = await input();
  console.log("1つ目の数を入力してください");
  const num1 = await input();
  console.log("2つ目の数を入力してください");
  const num2 = await input();
  rl.close();

  // データの送信 (encode と send)
  const messages = Buffer.from(`${operator},${num1},${num2}`, "utf8");
  client.write(messages);

  // データの受信 (recv)
  client.setEncoding("utf8"); // 届いたバイト列を文字列にする (decode)
  const [response] = await once(client, "data");
  console.log(`[Result]\n${response}`);

  // 処理を閉じる (close)
  client.destroy();
}

// 起こりうる失敗は1行で言う。ほかはプログラムの間違いなので、投げ直して Node に見せてもらう
function fail(error: NodeJS.ErrnoException) {
  const reasons: Record<string, string> = {
    ECONNREFUSED: `ポート ${port} で待っているサーバがありません。先にサーバを起動してください`,
    ERR_SOCKET_BAD_PORT: `PORT=${process.env.PORT} はポート番号 (1〜65535 の整数) ではありません`,
    ECONNRESET: "サーバとの接続が途中で切れました",
    NO_ANSWER: "サーバが返事をせずに接続を閉じました",
    NO_INPUT: "全部が入力される前に、入力が終わりました",
  };
  const reason = reasons[error.code ?? error.message];
  if (!reason) throw error;
  console.error(`エラー: ${reason}`);
  process.exit(1);
}

main().catch(fail);
