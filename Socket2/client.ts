// Socket2 のクライアント: Hello を送り、サーバの返事を表示する
import { once } from "node:events";
import { Socket } from "node:net";

// IPアドレスとポート番号の設定
const host = "127.0.0.1";
const port = Number(process.env.PORT || 6000);

async function main() {
  // ソケットの作成 (socket)
  const client = new Socket();
  // サーバが返事より先に閉じたら、エラーにする
  client.on("end", () => {
    if (client.bytesRead === 0) client.destroy(new Error("NO_ANSWER"));
  });
  client.on("error", fail);

  // サーバに接続 (connect): つながるまで待つ
  client.connect({ host, port });
  await once(client, "connect");

  // データの送信 (encode と send)
  const messages = Buffer.from("Hello", "utf8");
  client.write(messages);

  // データの受信 (recv)
  client.setEncoding("utf8"); // 届いたバイト列を文字列にする (decode)
  const [response] = await once(client, "data");
  console.log(response);

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
  };
  const reason = reasons[error.code ?? error.message];
  if (!reason) throw error;
  console.error(`エラー: ${reason}`);
  process.exit(1);
}

main().catch(fail);
