// Practice1 のクライアント: 入力された数をサーバに送り、返ってきた2乗を表示する
import { once } from "node:events";
import { Socket } from "node:net";
import { createInterface } from "node:readline";

// IPアドレスとポート番号の設定
const host = "127.0.0.1";
const port = Number(process.env.PORT || 6000);

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

  // 数の入力 (input)
  console.log("数字を入力してください");
  const rl = createInterface({ input: process.stdin });
  const lines = rl[Symbol.asyncIterator]();
  const { value: num, done } = await Promise.race([lines.next(), closed]);
  if (done) throw new Error("数字が入力される前に、入力が終わりました");
  rl.close();

  // データの送信 (encode と send): 空の文字列は届かず返事も来ないので、空白を送る
  client.write(num.trim() || " ");

  // データの受信 (recv): 1回だけ受け取る。for await を抜けると接続も閉じる
  for await (const response of client) {
    console.log(`Answer:${response}`);
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
