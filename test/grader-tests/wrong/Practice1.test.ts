// Practice1 の、間違いが1つだけある提出と、それで落ちるはずの検査
import { checkNames, submissionsOf } from "../submissions.ts";
import { testWrong } from "../wrong-submissions.ts";

const { modelAnswer, server, client } = submissionsOf("Practice1");
const { start, first, every, once, asks, sends, shows, ends, pair } = checkNames;
const send = "send と表示";
const crashed = "試していません (サーバがエラーで終わるので)";
const unconnected = "試していません (クライアントが、サーバに接続しないので)";

const write = "await new Promise((sent) => clientsock.write(s_msg, sent));";
const prompt = 'console.log("数字を入力してください")';
/** 何も打たれなかったことにするまでの時間。テストが打つのは、つないで 0.3 秒あとと、2 秒あと */
const given = 'new Promise<any>((late) => setTimeout(late, 1600, { value: "undefined" }))';
const submit = "client.write(messages);";

const accept = 'await once(serversock, "connection");';

const untilEnd = `import { readFileSync } from "node:fs";
import { connect } from "node:net";
console.log("数字を入力してください");
const num = readFileSync(0, "utf8").trim();
const client = connect(6000, "127.0.0.1", () => client.write(num));
client.once("data", (data) => {
  console.log("Answer:" + data);
  client.destroy();
});
`;

testWrong("Practice1", [
  {
    name: "待っていると、ほかの言葉の中で言う",
    files: () => server('"Waiting for connections..."', '"> Waiting for connections..."'),
    red: [start],
    says: ["  期待: Waiting for connections...\n  実際: > Waiting for connections...\n"],
  },
  {
    name: "PORT がないと、どこで待つか分からない",
    files: () => server(" || 6000", " || 0"),
    red: [start, pair],
    says: ["期待: ポート 6000 で接続を待つ\n実際: ポート (指定なし) で待っています"],
  },
  {
    name: "サーバが、提出していないファイルを読み込む",
    files: () => server("import { once }", 'import "./square";\nimport { once }'),
    red: [start],
    says: [
      "実際: Practice1/server.ts がエラーで終わりました: Error: Cannot find module './square'",
      "ヒント: 読み込んでいるファイルかパッケージが、提出フォルダにありません",
      crashed,
    ],
  },
  {
    name: "2倍する",
    answer: ({ num }) => num + num,
    red: [first, "負の数", "6桁の数"],
    says: ["を送り、接続を開いたまま返事を待つ\n期待: 「", "」が届きました\n"],
  },
  {
    name: "文字列でないものを送る",
    files: () => server("return String(num * num)", "return Number(num * num) as any"),
    red: [first],
    says: [
      'TypeError [ERR_INVALID_ARG_TYPE]: The first argument must be of type string or an instance of Buffer',
      "(Practice1/server.ts の ",
      "ヒント: 数のままでは送れません。String(…) で文字列にします",
    ],
  },
  {
    name: "^ で2乗する",
    answer: ({ num }) => num ^ 2,
    red: [first, "0 の2乗", "負の数", "6桁の数", every],
    says: ["ヒント: ^ は2乗ではありません。num * num か num ** 2 と書きます\n"],
  },
  {
    name: "Python の順で listen する",
    files: () => server("serversock.listen({ host, port, backlog: 10 })", "(serversock as any).listen(host, port)"),
    red: [start],
    says: ["実際: ポート 127.0.0.1 で待っています\n", "Python の順です。listen(6000, "],
  },
  {
    name: "つながったところで送る",
    files: () => server(accept, `${accept}\n  clientsock.write("4489");`),
    red: [first],
    says: ["したこと: サーバにつなぎ、まだ何も送らない\n期待: 何も届かない\n実際: 「4489」が届きました"],
  },
  {
    name: "改行を待つ",
    answer: ({ text, connection }) => {
      const all = (connection.all = (connection.all ?? "") + text);
      return all.includes("\n") ? Number(all) ** 2 : undefined;
    },
    red: [first],
    says: ["実際: 時間内に何も届きませんでした。改行を送ると答えました\nヒント: 改行を待たずに"],
  },
  {
    name: "0 を数と思わない",
    answer: ({ num, r }) => (num ? r : "NaN"),
    red: ["0 の2乗"],
    says: ["期待: 「0」が届く\n実際: 「NaN」が届きました"],
  },
  {
    name: "負の数を読まない",
    answer: ({ num, r }) => (num < 0 ? `エラー: 「${num}」は整数ではありません` : r),
    red: ["負の数"],
    says: ["」は整数ではありません」が届きました"],
  },
  {
    name: "32ビットで計算する",
    answer: ({ num }) => BigInt.asIntN(32, BigInt(num) ** 2n),
    red: ["6桁の数"],
    says: ["」を送り、接続を開いたまま返事を待つ\n期待: 「", "」が届きました\n"],
  },
  {
    name: "初めの答えを繰り返す",
    answer: ({ r, whole }) => (whole.first ??= r),
    red: [every],
    says: ["その前: 「", "」を送り、接続を開いたまま返事を待つ\n期待: 「", "」が届きました\n"],
  },
  {
    name: "1つのメッセージにしか答えない",
    answer: ({ r, socket }) => void socket.end(String(r)),
    red: [every, send],
    says: ["その前: 「", "実際: 接続が"],
  },
  {
    name: "sent を渡さずに、送り終わるのを待つ",
    answer: ({ r, connection, socket }) => void (connection.n === 1 && socket.write(String(r))),
    red: [every, send],
    says: ["その前: 「", "」が届きました\nしたこと: 「", "実際: 時間内に何も届きませんでした\n"],
  },
  {
    name: "あとから改行を送る",
    answer: ({ r, socket }) => (setTimeout(() => socket.write("\n"), 100), r),
    red: [once],
    says: ["」の終わりに、改行が付いています\n"],
  },
  {
    name: "0.3 秒あとに、もう一度答える",
    answer: ({ r, socket }) => (setTimeout(() => socket.write(String(r)), 300), r),
    red: [once],
    says: ["」が1回だけ届く\n実際: 同じ答えが、もう一度届きました (「"],
  },
  {
    name: "前の答えを、次の答えに残す",
    answer: ({ r, connection }) => (connection.kept = (connection.kept ?? "") + r),
    red: [once],
    says: ["前の答えと合わせて、「"],
  },
  {
    name: "send の前に言葉を付ける",
    prints: () => "> send",
    red: [send],
    says: ["期待: send だけの行を2回表示する\n実際: send だけの行は、0回です"],
  },
  {
    name: "初めの答えのあとにだけ send と表示する",
    prints: (n) => (n === 1 ? "send" : ""),
    red: [send],
    says: ["その前: 「", "期待: send だけの行を2回表示する\n実際: send だけの行は、1回です"],
  },
  {
    name: "send と表示するのは、3回まで",
    prints: (n) => (n < 4 ? "send" : ""),
    red: [send],
    says: ["その前: ほかに ", "期待: send だけの行を"],
  },
  {
    name: "2つ目のメッセージに答えない",
    answer: ({ r, whole }) => (whole.n === 2 ? undefined : r),
    red: [every],
    says: ["ヒント: そのあとにもう一度送ると、何かが届きました"],
  },
  {
    name: "答えると、終わる",
    files: () => server(write, `${write} console.log("send"); process.exit();`),
    red: [every],
    says: ["プログラムが終わりました (終了コード 0)"],
  },
  {
    name: "CPU を休みなく使い、答えない",
    answer: () => undefined,
    spins: "CPU を休みなく使っています",
    red: [first],
    says: ["実際: 時間内に何も届きませんでした\nヒント: CPU を休みなく使っています"],
  },
  {
    name: "クライアントのポートだけが違う",
    files: () => client("6000", "9000"),
    red: [pair],
    says: ["クライアントは、ポート 9000 につなごうとしました。サーバはポート 6000 で待っています"],
  },
  {
    name: "つながない",
    files: () => client('client.connect({ host, port });\n  await once(client, "connect");', ""),
    red: [sends],
    says: ["期待: クライアントがサーバに接続する\n", unconnected],
  },
  {
    name: "コンパイルできない",
    tsx: true,
    files: () => client("async function main() {", "async function main( {"),
    red: [asks, sends],
    says: [
      '実際: Practice1/client.ts がエラーで終わりました: Expected "}" but found "client" ',
      "(Practice1/client.ts の 12 行目)\n",
      unconnected,
    ],
  },
  {
    name: "ファイルの名前の大文字と小文字が違う",
    files: () => ({ "Practice1/server.ts": modelAnswer("server"), "Practice1/Client.ts": modelAnswer("client") }),
    red: [asks, sends, shows, ends],
    says: ["ファイルがありません: Practice1/client.ts (Client.ts ならあります)"],
  },
  {
    name: "client.ts がフォルダ",
    files: () => ({
      "Practice1/server.ts": modelAnswer("server"),
      "Practice1/client.ts/client.ts": modelAnswer("client"),
    }),
    red: [asks, sends, shows, ends],
    says: ["ファイルがありません: Practice1/client.ts"],
  },
  {
    name: "たずねたあとに改行しない",
    files: () => client(prompt, 'process.stdout.write("数字を入力してください")'),
    red: [asks],
    says: ["実際: 「数字を入力してください」のあとに、改行がありません"],
  },
  {
    name: "lines.next() に await がない",
    files: () => client("await lines.next()", "lines.next()"),
    red: [sends],
    says: [
      "TypeError: Cannot read properties of undefined (reading 'trim') (Practice1/client.ts の ",
      "ヒント: await の書き忘れかもしれません\n",
    ],
  },
  {
    name: "lines.next() に await がなく、そのまま送る",
    files: () => client(/await (lines\.next\(\)[^]*)num\.trim\(\) \|\| " "/, "$1num"),
    red: [sends],
    says: ["Received undefined", "ヒント: await の書き忘れのようです"],
  },
  {
    name: "改行を付けて送る",
    sends: (num) => `${num}\n`,
    red: [sends],
    says: ["(改行)」が届きました"],
  },
  {
    name: "円記号と n を付けて送る",
    sends: (num) => `${num}\\n`,
    red: [sends],
    says: ["\\n」が届きました"],
  },
  {
    name: "入力の終わりを待つ",
    files: () => ({ "Practice1/client.ts": untilEnd }),
    red: [sends],
    says: ["ヒント: 入力の終わり (Ctrl-D) を待っています。1行ずつ読みます"],
  },
  {
    name: "1文字目と、その残りを、分けて送る",
    files: () => client(submit, "client.write(num[0]);\n  setTimeout(() => client.write(num.slice(1)), 800);"),
    red: [sends],
    says: ["実際: 「-」と、少しあとに「", "ヒント: 1つのメッセージは、1回の write で送ります"],
  },
  {
    name: "答えのあとで、もう一度つなぐ",
    files: () => client("  client.destroy();", "  client.destroy();\n  new Socket().connect({ host, port });"),
    red: [ends],
    says: ["ヒント: もう一度サーバにつないだ接続が、開いたままです"],
  },
  {
    name: "答えのあとにも送る",
    files: () => client("  client.destroy();", '  client.write("bye", () => client.destroy());'),
    red: [sends],
    says: ["だけ\n実際: そのあとに「bye」が届きました"],
  },
  {
    name: "つないでから、決めた時間のあとに、そこまでに打たれたものを送る",
    allScripts: true,
    files: () => client("await lines.next()", `await Promise.race([lines.next(), ${given}])`),
    red: [sends],
    says: ["「undefined」が届きました"],
  },
  {
    name: "自分で計算する",
    files: () => client("${response}", "${BigInt(num) ** 2n}"),
    red: [shows],
    says: ["実際: 表示の 2 行目が違います\n  期待: Answer:", "\n  実際: Answer:"],
  },
  {
    name: "答えの前に余分な行を表示する",
    shows: (reply) => `受信\nAnswer:${reply}`,
    red: [shows],
    says: ["実際: 表示の 2 行目が違います\n  期待: Answer:", "\n  実際: 受信\n"],
  },
  {
    name: "空白を10万個表示する",
    shows: (reply) => `${" ".repeat(100_000)}Answer:${reply}`,
    red: [shows],
    says: ["実際: 表示の 2 行目が違います\n  期待: Answer:"],
  },
  {
    name: "送ったら、すぐに終わる",
    files: () => client(submit, "client.write(messages, () => process.exit());"),
    red: [shows],
    says: ["期待: 次のとおりに表示する\n    Answer:", "実際: 返事を待たずに終わりました\n"],
  },
  {
    name: "送ったら、すぐに接続を閉じる",
    files: () => client(submit, "client.write(messages, () => client.destroy());"),
    red: [shows],
    says: ["期待: 次のとおりに表示する\n    Answer:", "実際: 返事の前に接続を閉じました\n"],
  },
]);
