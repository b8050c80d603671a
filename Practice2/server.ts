// Practice2 のサーバ: 「演算子,数,数」を計算して返す。何人ものクライアントに答える
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";

// IPアドレスとポート番号の設定
const host = "127.0.0.1";
const port = Number(process.env.PORT || 9000);

// 計算: 「演算子,数,数」を分けて計算し、結果を文字列で返す
function calculate(rcvmsg: string): string {
  const values = rcvmsg.split(",");
  if (values.length !== 3) return "エラー: 「add,7,4」のように、演算子と2つの数をカンマで区切ってください";
  const [operator, num1, num2] = values;
  const integer = /^\s*[-+－＋]?[0-9０-９]+\s*$/;
  if (!integer.test(num1)) return `エラー: 「${num1.trim()}」は整数ではありません`;
  if (!integer.test(num2)) return `エラー: 「${num2.trim()}」は整数ではありません`;
  const a = BigInt(num1.normalize("NFKC")); // NFKC は全角を半角にする。BigInt は桁数を問わない
  const b = BigInt(num2.normalize("NFKC"));

  if (operator === "add") return String(a + b);
  if (operator === "sub") return String(a - b);
  if (operator === "mul") return String(a * b);
  if (operator !== "div") return `エラー: 演算子「${operator}」はありません。add, sub, mul, div から選んでください`;
  if (b === 0n) return "エラー: 0 で割ることはできません";
  if (a % b === 0n) return String(a / b);
  // 割り切れない商は、大きな数どうしでもずれないよう、十分な桁まで割ってから小数にする
  const digits = num2.length * 4 + 40;
  const quotient = Number(`${(a * 10n ** BigInt(digits)) / b}e-${digits}`);
  return Number.isFinite(quotient) ? String(quotient) : "エラー: 商が大きすぎて書き表せません";
}

// リクエストハンドル (Myhandler の handle): クライアント1つとのやり取り
async function handle(request: Socket) {
  request.setEncoding("utf8"); // 受信したバイト列を文字列にする (decode)

  // データの受信 (while True と recv): 届くたびに1周し、相手が閉じると抜ける
  for await (const rcvmsg of request) {
    // データの送信 (encode と send): 送り終わるまで待つ
    await new Promise((sent) => request.write(calculate(rcvmsg), sent));
  }
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
