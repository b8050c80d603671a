// Socket1 のサーバ: クライアントを1つ受け付け、メッセージが届くたびに返事をする
import { once } from "node:events";
import { createServer, type Socket } from "node:net";

// IPアドレスとポート番号の設定
const host = "127.0.0.1";
const port = Number(process.env.PORT || 6000);

async function main() {
  // ソケットの作成 (socket): 相手が送り終えても、こちらは送れるままにする
  const serversock = createServer({ allowHalfOpen: true });
  serversock.maxConnections = 1; // 話す相手は1つだけ。2つ目の接続は断る

  // バインド (bind) と接続可能回数の設定 (listen): listen が両方を行う。10 は待ち行列の長さ
  serversock.listen({ host, port, backlog: 10 });
  await once(serversock, "listening");

  // 処理待ち (accept)
  console.log("Waiting for connections...");
  const [clientsock]: Socket[] = await once(serversock, "connection");

  // データの受信 (while True と recv): 届くたびに1周し、相手が閉じると抜ける
  clientsock.setEncoding("utf8"); // 届いたバイト列を文字列にする (decode)
  for await (const rcvmsg of clientsock) {
    console.log(`Received -> ${rcvmsg}`);
    console.log("Recepi message...");

    // データの送信 (encode と send): 送り終わるまで待つ
    const s_msg = Buffer.from("Get answer", "utf8");
    await new Promise((sent) => clientsock.write(s_msg, sent));
    console.log("send message");
  }
  console.log("Received -> "); // Python では最後に空のメッセージが届く

  // 処理を閉じる (close): serversock も閉じないと、Node は次の接続を待ち続ける
  clientsock.destroy();
  serversock.close();
}

// 起こりうる失敗は1行で言う。ほかはプログラムの間違いなので、投げ直して Node に見せてもらう
main().catch((error) => {
  const reasons: Record<string, string> = {
    EADDRINUSE: `ポート ${port} は使用中です。そのプログラムを終えるか、PORT を変えてください`,
    EACCES: `ポート ${port} を使う権限がありません。PORT をほかの番号に変えてください`,
    ERR_SOCKET_BAD_PORT: `PORT=${process.env.PORT} はポート番号 (1〜65535 の整数) ではありません`,
    ECONNRESET: "クライアントとの接続が途中で切れました",
    EPIPE: "クライアントとの接続が途中で切れました",
  };
  if (!reasons[error.code]) throw error;
  console.error(`エラー: ${reasons[error.code]}`);
  process.exit(1);
});
