import { checks, submissionsOf, type Wrong } from "../submissions.ts";

const { answer, server, client } = submissionsOf("Practice2");
const { start, every, once, client: all, asks, sends, ends, pair } = checks;
const write = "await new Promise((sent) => request.write(calculate(rcvmsg), sent));";

export const wrong: Wrong[] = [
  {
    name: "単精度で割る",
    files: () => server("String(quotient)", "String(Math.fround(quotient))"),
    among: ["div"],
    red: ["割り切れない"],
    says: ["10桁まで"],
  },
  {
    name: "割り算を整数で終える",
    files: () => server("num1 % num2 === 0n", "true"),
    among: ["div"],
    red: ["割り切れない"],
    says: ["が届きました"],
  },
  {
    name: "足し算で文字列をつなげる",
    files: () => server("String(num1 + num2)", "nums.join('')"),
    among: ["サーバは、add", every],
    red: ["add"],
    says: ["が届きました"],
  },
  {
    name: "引き算がいつも正",
    files: () => server("String(num1 - num2)", "String(num1 - num2).replace('-', '')"),
    among: ["0 の"],
    red: ["0 の"],
    says: ["「-"],
  },
  {
    name: "2つの書き方が合うだけ",
    files: () => ({ ...server('rcvmsg.split(",")', 'rcvmsg.split(" ")'), "Practice2/client.ts": answer("client").replace("${operator},${num1},${num2}", "${operator} ${num1} ${num2}") }),
    among: ["add", sends, pair],
    red: ["サーバは、add", sends],
    says: ["形ではありません"],
  },
  {
    name: "答えをもう一度送る",
    files: () => server(write, `${write} ${write}`),
    among: [once, every],
    red: [once],
    says: ["が1回だけ届く", "そのあとに"],
  },
  {
    name: "接続が終わってから答える",
    files: () => server(/for await[^]*?\n  }\n/, 'let all = "";\n  for await (const rcvmsg of request.iterator({ destroyOnReturn: false })) all += rcvmsg;\n  request.end(calculate(all));\n'),
    among: ["開いているうちに", start],
    red: ["開いているうちに"],
    says: ["時間内に何も届きませんでした"],
  },
  {
    name: "次のクライアントに、前のものが混ざる",
    files: () => server(/async function handle([^]*?)(rcvmsg of request\) \{)([^]*?)calculate\(rcvmsg\)/, 'let last = "";\nasync function handle$1$2 last ||= rcvmsg;$3calculate(last)'),
    among: ["次の", "add"],
    red: ["次の"],
    says: ["が届きました"],
  },
  {
    name: "1つのクライアントにしか答えない",
    files: () => server("server.listen", 'server.once("connection", () => server.close());\n  server.listen'),
    among: ["次の", every],
    red: ["次の"],
    says: ["接続する\n", "ECONNREFUSED"],
  },
  {
    name: "どちらも 6000 で待つ",
    files: () => ({ "Practice2/server.ts": answer("server").replace("9000", "6000"), "Practice2/client.ts": answer("client").replace("9000", "6000") }),
    among: [start, "add", all, pair],
    red: [start, pair],
    says: ["ポート 9000 で接続を待つ", "ポート 6000 で待っています"],
  },
  {
    name: "待っているのと違うポートを表示する",
    files: () => server("${sockname.port}", "6000"),
    among: [start, "add"],
    red: [start],
    says: ["listen ('127.0.0.1', 6000)"],
  },
  {
    name: "割り切れる商も小数2桁にする",
    files: () => server("String(num1 / num2)", "`${num1 / num2}.00`"),
    among: ["div"],
    red: ["割り切れる"],
    says: [".0」が届く"],
  },
  {
    name: "計算機が1つのメッセージにしか答えない",
    files: () => server(write, `${write} break;`),
    among: [every],
    red: [every],
    says: ["実際: 接続が"],
  },
  {
    name: "計算機が負の数を読まない",
    files: () => server("[-+－＋]?", ""),
    among: ["負の数"],
    red: ["負の数"],
    says: ["整数ではありません"],
  },
  {
    name: "たずねる数字が全角",
    files: () => client("1つ目", "１つ目"),
    among: [all],
    red: [asks],
    says: ["7行目が違います\n  期待: 1つ目の数を入力してください\n  実際: １つ目の数を入力してください"],
  },
  {
    name: "先に全部たずねる",
    files: () => client(/  const operator = await input[^]*?num2 = await input\(\);/, '  console.log("1つ目の数を入力してください");\n  console.log("2つ目の数を入力してください");\n  const operator = await input();\n  const num1 = await input();\n  const num2 = await input();'),
    among: [all],
    red: [asks],
    says: ["まだ打っていないのに"],
  },
  {
    name: "打つたびに送る",
    files: () => client(/const num1 = await([^]*)\$\{operator\},/, "client.write(`${operator},`);\n  const num1 = await$1"),
    among: [all],
    red: [sends],
    says: ["まだ打っていないのに"],
  },
  {
    name: "mul だけ、違う言葉で送る",
    files: () => client("`${operator},", "`${operator.replace('mul', 'times')},"),
    among: [sends, ends],
    red: [sends],
    says: ["「mul」", "「times,"],
  },
];
