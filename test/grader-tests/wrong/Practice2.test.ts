// Practice2 の、間違いが1つだけある提出と、それで落ちるはずの検査
import { checkNames, submissionsOf } from "../submissions.ts";
import { testWrong } from "../wrong-submissions.ts";

const { server, client, both } = submissionsOf("Practice2");
const { start, first, every, once, next, asks, sends, shows, ends, pair } = checkNames;
const [sub, mul, zero, negative, six] = ["sub を頼", "mul を頼", "0 のある", "負の数", "6桁の数"];
const [even, uneven] = ["割り切れる div", "割り切れない div"];
const values = [first, sub, mul, even, uneven, zero, negative, six];

const loop = /for await[^]*?\n  }\n/;
const questions = /  const operator = await input[^]*?num2 = await input\(\);/;

const afterEnd = `let all = "";
  for await (const rcvmsg of request.iterator({ destroyOnReturn: false })) all += rcvmsg;
  request.end(calculate(all));
`;

const evaluating = 'if (operator === "sub") return String(eval(`${num1}-${num2}`))';

const asksFirst = `  console.log("1つ目の数を入力してください");
  console.log("2つ目の数を入力してください");
  const operator = await input();
  const num1 = await input();
  const num2 = await input();`;

const closing = 'server.once("connection", () => server.close());';

testWrong("Practice2", [
  {
    name: "待っているという行が、localhost と言う",
    files: () => server("${sockname.address}", "localhost"),
    red: [start],
    says: [
      "実際: よく似た、違う行があります\n  期待: listen ('127.0.0.1', 9000)\n  実際: listen ('localhost', 9000)\n",
    ],
  },
  {
    name: "待っているのと違うポートを表示する",
    files: () => server("${sockname.port}", "6000"),
    red: [start],
    says: ["  期待: listen ('127.0.0.1', 9000)\n  実際: listen ('127.0.0.1', 6000)\n"],
  },
  {
    name: "どちらも 6000 を使う",
    files: () => both("9000", "6000"),
    red: [start, pair],
    says: ["期待: ポート 9000 で接続を待つ\n実際: ポート 6000 で待っています"],
  },
  {
    name: "接続が終わってから答える",
    files: () => server(loop, afterEnd),
    red: [first],
    says: ["を送り、接続を開いたまま返事を待つ\n", "実際: 時間内に何も届きませんでした。送り終えると答えました"],
  },
  {
    name: "足し算で文字列をつなげる",
    answer: ({ op, x, y, r }) => (op === "add" ? x + y : r),
    red: [first],
    says: ["したこと: 「add,", "」が届く\n実際: 「", "」が届きました\n"],
  },
  {
    name: "async にした calculate に await がない",
    answer: () => "[object Promise]",
    red: [...values, every, next],
    says: ["実際: 「[object Promise]」が届きました\nヒント: await の書き忘れのようです\n"],
  },
  {
    name: "引き算が逆",
    answer: ({ op, r }) => (op === "sub" ? -r : r),
    red: [sub],
    says: ["したこと: 「sub,", "実際: 「-"],
  },
  {
    name: "mul を知らない",
    answer: ({ op, r }) => (op === "mul" ? "エラー: 演算子「mul」はありません" : r),
    red: [mul],
    says: ["実際: 「エラー: 演算子「mul」はありません"],
  },
  {
    name: "割り切れる商も小数2桁にする",
    answer: ({ op, r }) => (op === "div" && Number.isInteger(r) ? `${r}.00` : r),
    red: [even],
    says: [".0」が届く\n実際: 「", ".00」が届きました"],
  },
  {
    name: "割り算を整数で終える",
    answer: ({ r }) => Math.trunc(r),
    red: [uneven],
    says: ["」(10桁まで合っていればよい) が届く\n実際: 「"],
  },
  {
    name: "結果が 0 なら送らない",
    answer: ({ r }) => r || undefined,
    red: [zero],
    says: ["したこと: 「mul,0,", "期待: 「0」が届く\n実際: 時間内に何も届きませんでした"],
  },
  {
    name: "式にして計算するので、7--3 で落ちる",
    files: () => server('if (operator === "sub") return String(num1 - num2)', evaluating),
    red: [negative],
    says: ["エラーで終わりました: SyntaxError: Invalid left-hand side"],
  },
  {
    name: "1つのメッセージにしか答えない",
    answer: ({ r, socket }) => void socket.end(String(r)),
    red: [every],
    says: ["その前: 「add,", "実際: 接続が"],
  },
  {
    name: "答えを続けて2回送る",
    answer: ({ r }) => `${r}${r}`,
    red: [once],
    says: ["」が1回だけ届く\n実際: 同じ答えが、もう一度届きました (「"],
  },
  {
    name: "1つのクライアントにしか答えない",
    files: () => server("server.listen", `${closing}\n  server.listen`),
    red: [next],
    says: ["その前: そのクライアントは、接続を閉じました\nしたこと: サーバに接続する\n", "ECONNREFUSED"],
  },
  {
    name: "クライアントが去った少しあとで落ちる",
    files: () => server("  request.destroy();", '  setTimeout(() => { throw new Error("あと"); }, 50);'),
    red: [next],
    says: ["実際: Practice2/server.ts がエラーで終わりました: Error: あと (Practice2/server.ts の "],
  },
  {
    name: "次のクライアントに、前の計算を答える",
    answer: ({ r, connection, whole }) => (connection.n === 1 && whole.last) || (whole.last = r),
    red: [next],
    says: ["」が届きました\nその前: そのクライアントは、接続を閉じました\nしたこと: 「", "」が届きました\n"],
  },
  {
    name: "たずねる数字が全角",
    files: () => client("1つ目", "１つ目"),
    red: [asks],
    says: [
      "実際: 表示の 7 行目が違います\n",
      "  期待: 1つ目の数を入力してください\n  実際: １つ目の数を入力してください\n",
    ],
  },
  {
    name: "たずねる行のあとに、空の行を表示する",
    files: () => client("割り算--->div", "割り算--->div\\n"),
    red: [asks],
    says: ["実際: まだ打っていないのに、空の行が表示されました\n---"],
  },
  {
    name: "先に全部たずねる",
    files: () => client(questions, asksFirst),
    red: [asks],
    says: ["と打つまで待つ\n実際: まだ打っていないのに、「1つ目の数を入力してください」が表示されました\n"],
  },
  {
    name: "input() に await がない",
    files: () => client(/await (input.*[^]*)await (input.*[^]*)await (input.*)/, "$1$2$3"),
    red: [asks, sends, shows, ends],
    says: [
      "ヒント: 入力を待つ await があるかと、たずねる順番を確かめます\n",
      "「[object Promise],[object Promise],[object Promise]」が届きました。そのあと、",
      "ヒント: await の書き忘れのようです\n",
    ],
  },
  {
    name: "打つたびに送る",
    files: () => client(/(const num1 = await[^]*)\$\{operator\},/, "client.write(`${operator},`);\n  $1"),
    red: [sends],
    says: ["したこと: 「sub」と打つ\n", "実際: まだ打っていないのに、「sub,」が届きました"],
  },
  {
    name: "mul だけ、違う言葉で送る",
    sends: (op, a, b) => `${op.replace("mul", "times")},${a},${b}`,
    red: [sends],
    says: ["したこと: 「mul」「", "実際: 「times,"],
  },
  {
    name: "返事を整数にして表示する",
    shows: (reply) => `[Result]\n${parseInt(reply)}`,
    red: [shows],
    says: ["したこと: 2秒待ってから、「div」「", "実際: 表示の 10 行目が違います\n  期待: "],
  },
]);
