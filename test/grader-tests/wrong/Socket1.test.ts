// Socket1 の、間違いが1つだけある提出と、それで落ちるはずの検査
import { checkNames, submissionsOf } from "../submissions.ts";
import { testWrong } from "../wrong-submissions.ts";

const { server, client } = submissionsOf("Socket1");
const { start, first, every, once, shows, ends, pair } = checkNames;
const display = "メッセージを教科書のとおりに表示";

testWrong("Socket1", [
  {
    name: "待っているという行が、小文字で始まる",
    files: () => server('"Waiting for connections..."', '"waiting for connections"'),
    red: [start],
    says: [
      "実際: よく似た、違う行があります\n  期待: Waiting for connections...\n  実際: waiting for connections\n",
    ],
  },
  {
    name: "返事の言葉が違う",
    files: () => server('"Get answer"', '"Got answer"'),
    red: [first, every],
    says: ["期待: 「Get answer」が届く\n実際: 「Got answer」が届きました"],
  },
  {
    name: "返事の終わりに改行を付ける",
    files: () => server('"Get answer"', '"Get answer\\n"'),
    red: [once],
    says: ["実際: 「Get answer」の終わりに、改行が付いています"],
  },
  {
    name: "終わるときに、ほかのことも表示する",
    files: () => server("serversock.close();", 'setTimeout(() => serversock.close(() => console.log("bye")), 600);'),
    red: [display, pair],
    says: ["実際: Socket1/server.ts の表示の 6 行目が違います\n  期待: (ここで終わり)\n  実際: bye"],
  },
  {
    name: "返事に英語しかないと思う",
    shows: (reply) => Buffer.from(reply).toString("latin1"),
    red: [shows],
    says: ["実際: 表示の 1 行目が違います\n  期待: 返事は", "\n  実際: è¿\ufffdäº\ufffdã\ufffd¯"],
  },
  {
    name: "返事を待たずに終わる",
    files: () => client("client.write(messages);", "client.write(messages, () => process.exit());"),
    red: [shows, pair],
    says: ["実際: 返事を待たずに終わりました", "実際: クライアントが、返事を待たずに終わりました"],
  },
  {
    name: "タイマーを止めない",
    files: () => client("async function main() {", "async function main() {\n  setInterval(() => {}, 100);"),
    red: [ends],
    says: [
      "実際: プログラムがまだ動いています\nヒント: タイマーが動いています (clearTimeout か clearInterval で止めます)\n",
    ],
  },
]);
