// Socket2 のサーバ: リクエストハンドルとサーバ定義の2つに分け、何人ものクライアントに返事をする
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";

// IPアドレスとポート番号の設定
const host = "127.0.0.1";
const port = Number(process.env.PORT || 6000);

// リクエストハンドル (Myhandler の handle): クライアント1つとのやり取り
async function handle(request: Socket) {
  // データの受信 (while True と recv): 届くたびに1周し、相手が閉じると抜ける
  request.setEncoding("utf8"); // 届いたバイト列を文字列にする (decode)
  for await (const data of request) {
    console.log(data);

    // データの送信 (encode と send): 送り終わるまで待つ
    const request_data = Buffer.from("GETS", "utf8");
    await new Promise((sent) => request.write(request_data, sent));
  }
  console.log(""); // Python では最後に空のメッセージが届く

  // 処理を閉じる (close)
  request.destroy();
}

async function main() {
  // サーバ定義 (TCPServer): 接続が来るたびに handle を呼ぶ。前のクライアントの終わりは待たない
  const server = createServer({ allowHalfOpen: true }, (request) => {
    handle(request).catch((error) => {
      if (error !== request.errored) throw error; // 接続が切れただけなら、ほかのために続ける
    });
  });
  server.listen({ host, port });
  await once(server, "listening");
  const sockname = server.address() as AddressInfo; // getsockname
  console.log(`listen ('${sockname.address}', ${sockname.port})`);

  // サーバを永久に稼働させる (serve_forever): 閉じられるまで待つ。Ctrl-C で終わる
  await once(server, "close");
}

// 起こりうる失敗は1行で言う。ほかはプログラムの間違いなので、投げ直して Node に見せてもらう
main().catch((error) => {
  const reasons: Record<string, string> = {
    EADDRINUSE: `ポート ${port} は使用中です。そのプログラムを終えるか、PORT を変えてください`,
    EACCES: `ポート ${port} を使う権限がありません。PORT をほかの番号に変えてください`,
    ERR_SOCKET_BAD_PORT: `PORT=${process.env.PORT} はポート番号 (1〜65535 の整数) ではありません`,
  };
  if (!reasons[error.code]) throw error;
  console.error(`エラー: ${reasons[error.code]}`);
  process.exit(1);
});
