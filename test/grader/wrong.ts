// 間違いが1つだけある提出。その間違いの名の検査だけが落ち、訳を言わなければならない
import { answer, edit, type Files, type Lesson } from "./tools.ts";

export type Wrong = {
  name: string;
  lesson: Lesson;
  files: Files;
  /** 動かす検査の名前に含まれる言葉 */
  among: string[];
  /** 落ちるはずの検査の名前に含まれる言葉。順に */
  red: string[];
  /** 落ちた検査の言葉に含まれるはずの言葉 */
  says: string[];
};

const start = "PORT がなければ";
const once = "1回だけ";
const every = "すべてに";
const pair = "合わせると";
const client = "クライアントは、";
const [asks, sends, shows, ends] = ["言葉でたずねる", "ものだけを送る", "そのまま", "表示したら終わる"];

const server1 = (from: string | RegExp, to: string) => edit("Practice1", "server", from, to);
const client1 = (from: string | RegExp, to: string) => edit("Practice1", "client", from, to);
const server2 = (from: string | RegExp, to: string) => edit("Practice2", "server", from, to);
const client2 = (from: string | RegExp, to: string) => edit("Practice2", "client", from, to);
const write1 = "await new Promise((sent) => clientsock.write(square(rcvmsg), sent));";
const write2 = "await new Promise((sent) => request.write(calculate(rcvmsg), sent));";

const onServer: Wrong[] = [
  { name: "2倍する", lesson: "Practice1", files: server1("num * num", "num + num"), among: ["開いているうちに", "0 の", "send"], red: ["開いているうちに"], says: ["を送り", "が届きました"] },
  { name: "0 を数と思わない", lesson: "Practice1", files: server1("return String(num", "if (!num) return 'NaN'; return String(num"), among: ["0 の", "6桁"], red: ["0 の2乗"], says: ["「0」が届く", "「NaN」が届きました"] },
  { name: "負の数を読まない", lesson: "Practice1", files: server1("[-+－＋]?", ""), among: ["負の数"], red: ["負の数"], says: ["整数ではありません"] },
  { name: "32ビットで計算する", lesson: "Practice1", files: server1("num * num", "BigInt.asIntN(32, num * num)"), among: ["6桁"], red: ["6桁"], says: ["が届きました"] },
  { name: "単精度で割る", lesson: "Practice2", files: server2("String(quotient)", "String(Math.fround(quotient))"), among: ["div"], red: ["割り切れない"], says: ["10桁まで"] },
  { name: "割り算を整数で終える", lesson: "Practice2", files: server2("num1 % num2 === 0n", "true"), among: ["div"], red: ["割り切れない"], says: ["が届きました"] },
  { name: "足し算で文字列をつなげる", lesson: "Practice2", files: server2("String(num1 + num2)", "nums.join('')"), among: ["サーバは、add", every], red: ["add"], says: ["が届きました"] },
  { name: "引き算がいつも正", lesson: "Practice2", files: server2("String(num1 - num2)", "String(num1 - num2).replace('-', '')"), among: ["0 の"], red: ["0 の"], says: ["「-"] },
  { name: "2つの書き方が合うだけ", lesson: "Practice2", files: { ...server2('rcvmsg.split(",")', 'rcvmsg.split(" ")'), "Practice2/client.ts": answer("Practice2", "client").replace("${operator},${num1},${num2}", "${operator} ${num1} ${num2}") }, among: ["add", sends, pair], red: ["サーバは、add", sends], says: ["形ではありません"] },
  { name: "答えをもう一度送る", lesson: "Practice2", files: server2(write2, `${write2} ${write2}`), among: [once, every], red: [once], says: ["が1回だけ届く", "そのあとに"] },
  { name: "あとから改行を送る", lesson: "Practice1", files: server1(write1, `${write1} setTimeout(() => clientsock.write("\\n"), 100);`), among: [once, every], red: [once], says: ["「(改行)」も届きました"] },
  { name: "send と表示しない", lesson: "Practice1", files: server1('"send"', '"> send"'), among: ["send"], red: ["send"], says: ["send だけの行は、0回です"] },
  { name: "待っていると、ほかの言葉の中で言う", lesson: "Practice1", files: server1('"Waiting for connections..."', '"> Waiting for connections..."'), among: [start], red: [start], says: ["> Waiting"] },
  { name: "初めの答えを繰り返す", lesson: "Practice1", files: server1("num * num", "((globalThis as any).first ??= num * num)"), among: [every, "send"], red: [every], says: ["が届きました"] },
  { name: "1つのメッセージにしか答えない", lesson: "Practice1", files: server1('console.log("send");', "break;"), among: ["開いているうちに", every], red: [every], says: ["実際: 接続が"] },
  { name: "接続が終わってから答える", lesson: "Practice2", files: server2(/for await[^]*?\n  }\n/, 'let all = "";\n  for await (const rcvmsg of request.iterator({ destroyOnReturn: false })) all += rcvmsg;\n  request.end(calculate(all));\n'), among: ["開いているうちに", start], red: ["開いているうちに"], says: ["時間内に何も届きませんでした"] },
  { name: "文字列でないものを送る", lesson: "Practice1", files: server1("return String(num * num)", "return Number(num * num) as any"), among: ["開いているうちに"], red: ["開いているうちに"], says: ["ERR_INVALID_ARG_TYPE", "server.ts:"] },
  { name: "次のクライアントに、前のものが混ざる", lesson: "Practice2", files: server2(/async function handle([^]*?)(rcvmsg of request\) \{)([^]*?)calculate\(rcvmsg\)/, 'let last = "";\nasync function handle$1$2 last ||= rcvmsg;$3calculate(last)'), among: ["次の", "add"], red: ["次の"], says: ["が届きました"] },
  { name: "1つのクライアントにしか答えない", lesson: "Practice2", files: server2("server.listen", 'server.once("connection", () => server.close());\n  server.listen'), among: ["次の", every], red: ["次の"], says: ["接続する\n", "ECONNREFUSED"] },
  { name: "どちらも 6000 で待つ", lesson: "Practice2", files: { "Practice2/server.ts": answer("Practice2", "server").replace("9000", "6000"), "Practice2/client.ts": answer("Practice2", "client").replace("9000", "6000") }, among: [start, "add", client, pair], red: [start, pair], says: ["ポート 9000 で接続を待つ", "ポート 6000 で待っています"] },
  { name: "PORT がないと、どこで待つか分からない", lesson: "Practice1", files: server1(" || 6000", " || 0"), among: [start, every, pair], red: [start, pair], says: ["(指定なし)"] },
  { name: "待っているのと違うポートを表示する", lesson: "Practice2", files: server2("${sockname.port}", "6000"), among: [start, "add"], red: [start], says: ["listen ('127.0.0.1', 6000)"] },
  { name: "Socket1 が終わらない", lesson: "Socket1", files: edit("Socket1", "server", "  serversock.close();\n", ""), among: ["閉じると終わる"], red: ["閉じると終わる"], says: ["サーバの close がない"] },
  { name: "Socket1 が1つのメッセージにしか答えない", lesson: "Socket1", files: edit("Socket1", "server", '    console.log("send message");', '    console.log("send message");\n    break;'), among: [every, "開いているうちに"], red: [every], says: ["実際: 接続が"] },
  { name: "Socket1 が答えのあとに改行を送る", lesson: "Socket1", files: edit("Socket1", "server", '"Get answer"', '"Get answer\\n"'), among: [once, every], red: [once], says: ["「(改行)」も届きました"] },
  { name: "Socket1 が、終わるときに、ほかのことも表示する", lesson: "Socket1", files: edit("Socket1", "server", "serversock.close();", 'setTimeout(() => serversock.close(() => console.log("bye")), 200);'), among: ["教科書のとおりに表示", "閉じると"], red: ["サーバは、メッセージを教科書", pair], says: ["(ここで終わり)\n  実際: bye"] },
  { name: "Socket1 の表示が違う", lesson: "Socket1", files: edit("Socket1", "server", "Recepi", "Receive"), among: [once, "教科書のとおりに表示"], red: ["サーバは、メッセージを教科書", pair], says: ["3行目が違います\n  期待: Recepi message...\n  実際: Receive message..."] },
  { name: "Socket2 が1つのクライアントにしか答えない", lesson: "Socket2", files: edit("Socket2", "server", "  server.listen", '  server.once("connection", () => server.close());\n  server.listen'), among: ["次の", every], red: ["次の"], says: ["ECONNREFUSED"] },
  { name: "Socket2 が答えを2回送る", lesson: "Socket2", files: edit("Socket2", "server", '"GETS"', '"GETSGETS"'), among: [once, every], red: [once], says: ["「GETS」も届きました"] },
  { name: "Socket2 が違うアドレスで待つ", lesson: "Socket2", files: edit("Socket2", "server", "{ host, port }", "{ port }"), among: [start, every], red: [start], says: ["listen ('127.0.0.1', 6000)"] },
  { name: "割り切れる商も小数2桁にする", lesson: "Practice2", files: server2("String(num1 / num2)", "`${num1 / num2}.00`"), among: ["div"], red: ["割り切れる"], says: [".0」が届く"] },
  { name: "Socket2 が1つのメッセージにしか答えない", lesson: "Socket2", files: edit("Socket2", "server", '"GETS", sent));', '"GETS", sent));\n    break;'), among: [every], red: [every], says: ["実際: 接続が"] },
  { name: "計算機が1つのメッセージにしか答えない", lesson: "Practice2", files: server2(write2, `${write2} break;`), among: [every], red: [every], says: ["実際: 接続が"] },
  { name: "計算機が負の数を読まない", lesson: "Practice2", files: server2("[-+－＋]?", ""), among: ["負の数"], red: ["負の数"], says: ["整数ではありません"] },
  { name: "Socket2 が空行を表示しない", lesson: "Socket2", files: edit("Socket2", "server", '  console.log("");', "  "), among: ["空行", "次の"], red: ["空行"], says: ["期待: (空の行)\n  実際: (ここで終わり)"] },
];

const onClient: Wrong[] = [
  { name: "クライアントのポートだけが違う", lesson: "Practice1", files: client1("6000", "9000"), among: [client, pair], red: [pair], says: ["クライアントは、ポート 9000 につなごうとしました"] },
  { name: "つながない", lesson: "Practice1", files: client1("client.connect({ host, port });\n  await once(client, \"connect\");", ""), among: [client], red: [sends, shows, ends], says: ["クライアントがサーバに接続する"] },
  { name: "たずねる数字が全角", lesson: "Practice2", files: client2("1つ目", "１つ目"), among: [client], red: [asks], says: ["7行目が違います\n  期待: 1つ目の数を入力してください\n  実際: １つ目の数を入力してください"] },
  { name: "たずねたあとに改行しない", lesson: "Practice1", files: client1('console.log("数字を入力してください")', 'process.stdout.write("数字を入力してください")'), among: [client], red: [asks], says: ["最後の行が、改行で終わっていません"] },
  { name: "先に全部たずねる", lesson: "Practice2", files: client2(/  const operator = await input[^]*?num2 = await input\(\);/, '  console.log("1つ目の数を入力してください");\n  console.log("2つ目の数を入力してください");\n  const operator = await input();\n  const num1 = await input();\n  const num2 = await input();'), among: [client], red: [asks], says: ["まだ打っていないのに"] },
  { name: "改行を付けて送る", lesson: "Practice1", files: client1('num.trim() || " "', '`${num}\\n`'), among: [client], red: [sends], says: ["(改行)」が届きました"] },
  { name: "円記号と n を付けて送る", lesson: "Practice1", files: client1('num.trim() || " "', '`${num}\\\\n`'), among: [sends], red: [sends], says: ["\\\\n」が届きました"] },
  { name: "打つたびに送る", lesson: "Practice2", files: client2(/const num1 = await([^]*)\$\{operator\},/, "client.write(`${operator},`);\n  const num1 = await$1"), among: [client], red: [sends], says: ["まだ打っていないのに"] },
  { name: "答えのあとにも送る", lesson: "Practice1", files: client1("  client.destroy();", '  client.write("bye", () => client.destroy());'), among: [client], red: [sends], says: ["そのあとに「bye」が届きました"] },
  { name: "自分で計算する", lesson: "Practice1", files: client1("${response}", "${BigInt(num) ** 2n}"), among: [client, pair], red: [shows], says: ["期待: Answer:答えは"] },
  { name: "mul だけ、違う言葉で送る", lesson: "Practice2", files: client2("`${operator},", "`${operator.replace('mul', 'times')},"), among: [sends, ends], red: [sends], says: ["「mul」", "「times,"] },
  { name: "答えの前に余分な行を表示する", lesson: "Practice1", files: client1("console.log(`Answer", 'console.log("受信");\n  console.log(`Answer'), among: [client], red: [shows], says: ["  実際: 受信"] },
  { name: "入力を閉じない", lesson: "Practice1", files: client1("  rl.close();\n", ""), among: [client], red: [ends], says: ["入力を待ち続けている"] },
  { name: "シグナルで終わる", lesson: "Socket2", files: edit("Socket2", "client", "  client.destroy();", '  process.kill(process.pid, "SIGKILL");'), among: [ends], red: [ends], says: ["シグナル SIGKILL で終わりました"] },
  { name: "終了コードが 1", lesson: "Socket2", files: edit("Socket2", "client", "  client.destroy();", "  client.destroy();\n  process.exit(1);"), among: [client], red: [ends], says: ["終了コード 1 で終わりました"] },
  { name: "コンパイルできない", lesson: "Practice1", files: client1("async function main() {", "async function main( {"), among: [client], red: [asks, sends, shows, ends], says: ["client.ts:", "ERROR"] },
  { name: "空白を10万個表示する", lesson: "Practice1", files: client1("console.log(`Answer", 'process.stdout.write(" ".repeat(100_000));\n  console.log(`Answer'), among: [client], red: [shows], says: ["表示する"] },
  { name: "ファイルの名前の大文字と小文字が違う", lesson: "Practice1", files: { "Practice1/server.ts": answer("Practice1", "server"), "Practice1/Client.ts": answer("Practice1", "client") }, among: [sends], red: [sends], says: ["ファイルがありません: Practice1/client.ts (Client.ts ならあります)"] },
  { name: "client.ts がフォルダ", lesson: "Practice1", files: { "Practice1/server.ts": answer("Practice1", "server"), "Practice1/client.ts/client.ts": answer("Practice1", "client") }, among: [sends], red: [sends], says: ["ファイルがありません: Practice1/client.ts"] },
];

export const wrong = [...onServer, ...onClient];
