// Practice2 のサーバ: 「演算子,数,数」を計算して返す。何人ものクライアントに答える
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";

// IPアドレスとポート番号の設定
const host = "127.0.0.1";
const port = Number(process.env.PORT || 9000);

// 「演算子,整数,整数」の形。整数の前後には空白があってもよい
const format = /^([^,]*),\s*([-+]?\d+)\s*,\s*([-+]?\d+)\s*$/;

// 計算: 「演算子,整数,整数」を分けて計算し、結果を文字列で返す
function calculate(rcvmsg: string): string {
  // 全角の数字と符号だけを半角に直して (NFKC)、もう一度調べる。² や ① は数にしない
  const values = format.exec(rcvmsg) ?? format.exec(rcvmsg.replace(/[０-９＋－]/g, (char) => char.normalize("NFKC")));
  if (!values) {
    const nums = rcvmsg.split(",").slice(1);
    if (nums.length !== 2) return `エラー: 「${rcvmsg.trim()}」は計算できません。「add,7,4」のように、演算子と2つの数をカンマで区切ってください`;
    const wrong = /^\s*[-+－＋]?[0-9０-９]+\s*$/.test(nums[0]) ? nums[1] : nums[0];
    return `エラー: 「${wrong.trim()}」は整数ではありません`;
  }
  const [, operator, num1, num2] = values;
  const a = BigInt(num1); // BigInt は桁数を問わない
  const b = BigInt(num2);

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
function handle(request: Socket) {
  request.setEncoding("utf8"); // 受信したバイト列を文字列にする (decode)

  // データの受信 (while True と recv): 届くたびに呼ばれる。for await でも書けるが、このほうが速い
  request.on("data", (rcvmsg: string) => {
    // データの送信 (encode と send): 送りきれなければ、送り終えるまで受信を休む
    if (!request.write(calculate(rcvmsg))) request.pause();
  });
  request.on("drain", () => request.resume());
  request.on("error", () => {}); // 接続が切れただけなら、ほかのクライアントのために続ける

  // 処理を閉じる (close): 相手が閉じると、残りの答えを送ってから Node が閉じる
}

async function main() {
  // サーバ定義 (TCPServer): 接続が来るたびに handle を呼ぶ。前のクライアントの終わりは待たない
  const server = createServer(handle);
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
