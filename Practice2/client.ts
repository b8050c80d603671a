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
  client.setEncoding("utf8"); // 受信したバイト列を文字列にする (decode)

  // サーバに接続 (connect)
  client.connect({ host, port });
  await once(client, "connect");
  // サーバが先に閉じたら、入力を待つのもやめて終わる
  const closed = once(client, "end").then(() => {
    throw new Error("サーバが返事をせずに接続を閉じました");
  });

  // 演算子と数の入力 (input)
  const rl = createInterface({ input: process.stdin });
  const lines = rl[Symbol.asyncIterator]();
  async function input(): Promise<string> {
    const { value, done } = await Promise.race([lines.next(), closed]);
    if (done) throw new Error("全部が入力される前に、入力が終わりました");
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
  client.write(`${operator},${num1},${num2}`);

  // データの受信 (recv): 1回だけ受け取る。for await を抜けると接続も閉じる
  for await (const response of client) {
    console.log(`[Result]\n${response}`);
    return;
  }
  await closed;
}

main().catch((error) => {
  const reasons: Record<string, string> = {
    ECONNREFUSED: `ポート ${port} で待っているサーバがありません。先にサーバを起動してください`,
    ERR_SOCKET_BAD_PORT: `PORT=${process.env.PORT} はポート番号ではありません。1 から 65535 の整数を指定してください`,
    ECONNRESET: "サーバとの接続が途中で切れました",
    EPIPE: "サーバとの接続が途中で切れました",
  };
  console.error(`エラー: ${reasons[error.code] ?? error.message}`);
  process.exit(1);
});
