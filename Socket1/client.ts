// Socket1 のクライアント: Hello を送り、サーバの返事を表示する
import { once } from "node:events";
import { Socket } from "node:net";

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

  // データの送信 (encode と send)
  client.write("Hello");

  // データの受信 (recv): 1回だけ受け取る。for await を抜けると接続も閉じる
  for await (const response of client) {
    console.log(response);
    return;
  }
  throw new Error("サーバが返事をせずに接続を閉じました");
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
