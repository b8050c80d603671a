import { checkNames, submissionsOf } from "../submissions.ts";
import { testWrong } from "../wrong-submissions.ts";

const { server, client } = submissionsOf("Socket1");
const { start, first, every, once, client: all, sends, shows, ends, pair } = checkNames;
const display = "メッセージを教科書のとおりに表示";
const closes = "閉じると終わる";

testWrong("Socket1", [
  {
    name: "待っているという行が、小文字で始まる",
    files: () => server('"Waiting for connections..."', '"waiting for connections"'),
    among: [start, first],
    red: [start],
    says: [
      "実際: よく似た、違う行があります\n  期待: Waiting for connections...\n  実際: waiting for connections\n",
    ],
  },
  {
    name: "返事の言葉が違う",
    files: () => server('"Get answer"', '"Got answer"'),
    among: [first],
    red: [first],
    says: ["期待: 「Get answer」が届く\n実際: 「Got answer」が届きました"],
  },
  {
    name: "サーバに、書き間違えた名前がある",
    files: () => server('console.log("Recepi message...")', 'consol.log("Recepi message...")'),
    among: [start, first, every],
    red: [first, every],
    says: [
      "実際: Socket1/server.ts がエラーで終わりました: ReferenceError: consol is not defined (Socket1/server.ts の ",
      "ヒント: consol という名前はありません。つづりを確かめます\n",
      "試していません (サーバがエラーで終わるので)",
    ],
  },
  {
    name: "once(serversock, 'connection') に await がない",
    files: () => server('await once(serversock, "connection")', 'once(serversock, "connection")'),
    among: [start, first],
    red: [first],
    says: [" is not iterable", "(Socket1/server.ts の ", "行目)\nヒント: await の書き忘れのようです\n"],
  },
  {
    name: "1つのメッセージにしか答えない",
    files: () => server('    console.log("send message");', '    console.log("send message");\n    break;'),
    among: [every, first],
    red: [every],
    says: ["」には、「Get answer」が届きました\nしたこと: ", "実際: 接続が"],
  },
  {
    name: "sent を渡さずに、送り終わるのを待つ",
    files: () => server('(sent) => clientsock.write("Get answer", sent)', '() => clientsock.write("Get answer")'),
    among: [every, first],
    red: [every],
    says: ["その前: 「", "」には、「Get answer」が届きました\nしたこと: ", "実際: 時間内に何も届きませんでした"],
  },
  {
    name: "返事の終わりに改行を付ける",
    files: () => server('"Get answer"', '"Get answer\\n"'),
    among: [once, every],
    red: [once],
    says: ["実際: 「Get answer」の終わりに、改行が付いています"],
  },
  {
    name: "表示が違う",
    files: () => server("Recepi", "Receive"),
    among: [once, display, pair],
    red: [display, pair],
    says: ["実際: 表示の 3 行目が違います\n  期待: Recepi message...\n  実際: Receive message..."],
  },
  {
    name: "終わるときに、ほかのことも表示する",
    files: () => server("serversock.close();", 'setTimeout(() => serversock.close(() => console.log("bye")), 600);'),
    among: [display, closes, pair],
    red: [display, pair],
    says: ["実際: 表示の 6 行目が違います\n  期待: (ここで終わり)\n  実際: bye"],
  },
  {
    name: "サーバが終わらない",
    files: () => server("  serversock.close();\n", ""),
    among: [closes, display],
    red: [closes],
    says: [
      "その前: クライアントは、接続を閉じました",
      "実際: プログラムがまだ動いています\nヒント: サーバが待つのをやめていません (close で閉じます)\n",
    ],
  },
  {
    name: "小文字で送る",
    files: () => client('"Hello"', '"hello"'),
    among: [all],
    red: [sends],
    says: ["期待: 「Hello」が届く\n実際: 「hello」が届きました"],
  },
  {
    name: "返事に英語しかないと思う",
    files: () => client('setEncoding("utf8")', 'setEncoding("latin1")'),
    among: [all, pair],
    red: [shows],
    says: ["実際: 表示の 1 行目が違います\n  期待: 返事は", "\n  実際: è¿\ufffdäº\ufffdã\ufffd¯"],
  },
  {
    name: "クライアントが接続を閉じない",
    files: () => client("  client.destroy();\n", ""),
    among: [all],
    red: [ends],
    says: ["実際: プログラムがまだ動いています\nヒント: 接続が開いたままです (end か destroy で閉じます)\n"],
  },
  {
    name: "タイマーを止めない",
    files: () => client("async function main() {", "async function main() {\n  setInterval(() => {}, 100);"),
    among: [all],
    red: [ends],
    says: [
      "実際: プログラムがまだ動いています\nヒント: タイマーが動いています (clearTimeout か clearInterval で止めます)\n",
    ],
  },
]);
