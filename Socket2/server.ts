// Socket2 のサーバ: リクエストハンドルとサーバ定義の2つに分け、何人ものクライアントに返事をする
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";

// IPアドレスとポート番号の設定
const host = "127.0.0.1";
const port = Number(process.env.PORT || 6000);

// リクエストハンドル (Myhandler の handle): クライアント1つとのやり取り
async function handle(request: Socket) {
  request.setEncoding("utf8"); // 受信したバイト列を文字列にする (decode)

  // データの受信 (while True と recv): 届くたびに1周し、相手が閉じると抜ける
  for await (const data of request) {
    console.log(data);
    if (process.stdout.writableNeedDrain) await once(process.stdout, "drain"); // 表示が追いつくまで待つ

    // データの送信 (encode と send): 送り終わるまで待つ
    await new Promise((sent) => request.write("GETS", sent));
  }
  console.log(""); // Python では最後に空のメッセージが届く
  // 処理を閉じる (close): for await を抜けた request はもう閉じている
}

async function main() {
  // サーバ定義 (TCPServer): 接続が来るたびに handle を呼ぶ。前のクライアントの終わりは待たない
  const server = createServer({ allowHalfOpen: true }, (request) => {
    handle(request).catch((error) => {
      if (!request.errored) throw error; // 接続が切れただけなら、ほかのクライアントのために続ける
    });
  });
  server.listen({ host, port });
  await once(server, "listening");
  const sockname = server.address() as AddressInfo; // getsockname
  console.log(`listen ('${sockname.address}', ${sockname.port})`);

  // サーバを永久に稼働させる (serve_forever): Ctrl-C で終わる
  await once(server, "close");
}

main().catch((error) => {
  const reasons: Record<string, string> = {
    EADDRINUSE: `ポート ${port} は使用中です。使っているプログラムを終えるか、PORT で別の番号を指定してください`,
    EACCES: `ポート ${port} を使う権限がありません。PORT で 1024 以上の番号を指定してください`,
    ERR_SOCKET_BAD_PORT: `PORT=${process.env.PORT} はポート番号ではありません。1 から 65535 の整数を指定してください`,
  };
  console.error(`エラー: ${reasons[error.code] ?? error.message}`);
  process.exit(1);
});
