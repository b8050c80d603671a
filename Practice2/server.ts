// Practice2 のサーバ: 「演算子,数,数」を計算して返す。何人ものクライアントに答える
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";

// 計算: 「演算子,数,数」を分けて計算し、結果を文字列で返す (int と str)
function calculate(rcvmsg: string): string {
  const [operator, ...nums] = rcvmsg.split(",");
  if (nums.length !== 2) return `エラー: 「${rcvmsg.trim()}」は「add,7,4」の形ではありません`;
  const integer = /^\s*[-+－＋]?[0-9０-９]+\s*$/;
  const wrong = nums.find((num) => !integer.test(num));
  if (wrong !== undefined) return `エラー: 「${wrong.trim()}」は整数ではありません`;
  // NFKC は全角を半角にする。BigInt は桁数を問わない
  const [num1, num2] = nums.map((num) => BigInt(num.normalize("NFKC")));

  if (operator === "add") return String(num1 + num2);
  if (operator === "sub") return String(num1 - num2);
  if (operator === "mul") return String(num1 * num2);
  if (operator === "div") return divide(num1, num2);
  return `エラー: 演算子「${operator}」はありません。add, sub, mul, div から選んでください`;
}

// 割り算: 割り切れれば整数、割り切れなければ小数
function divide(num1: bigint, num2: bigint): string {
  if (num2 === 0n) return "エラー: 0 で割ることはできません";
  if (num1 % num2 === 0n) return String(num1 / num2);
  const quotient = Number(num1) / Number(num2); // BigInt の割り算は、小数にならない
  return Number.isFinite(quotient) ? String(quotient) : "エラー: 商が大きすぎて書き表せません";
}

// IPアドレスとポート番号の設定
const host = "127.0.0.1";
const port = Number(process.env.PORT || 9000);

// リクエストハンドル (Myhandler の handle): クライアント1つとのやり取り
async function handle(request: Socket) {
  // データの受信 (while True と recv): 届くたびに1周し、相手が閉じると抜ける
  request.setEncoding("utf8"); // 届いたバイト列を文字列にする (decode)
  for await (const rcvmsg of request) {
    // データの送信 (encode と send): 送り終わるまで待つ
    const request_data = Buffer.from(calculate(rcvmsg), "utf8");
    await new Promise((sent) => request.write(request_data, sent));
  }

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
