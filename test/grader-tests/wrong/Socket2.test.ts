// Socket2 の、間違いが1つだけある提出と、それで落ちるはずの検査
import { checkNames, submissionsOf } from "../submissions.ts";
import { testWrong } from "../wrong-submissions.ts";

const { server, client, both } = submissionsOf("Socket2");
const { start, first, every, once, next, sends, shows, ends, pair } = checkNames;
const display = "空行";

const colored = 'console.log("\\x1b[31m返事\\x1b[0m\\x07");\n  console.error("\\x1b]0;題");';

/** 64 MiB ずつ、2 GiB まで取る */
const greedy = `
  const taken: Buffer[] = [];
  while (taken.length < 32) {
    taken.push(Buffer.alloc(64 << 20, 1));
    await new Promise((later) => setTimeout(later, 50));
  }
`;

testWrong("Socket2", [
  {
    name: "違うアドレスで待つ",
    files: () => server("{ host, port }", "{ port }"),
    red: [start],
    says: ["  期待: listen ('127.0.0.1', 6000)\n  実際: listen ('::', 6000)\n"],
  },
  {
    name: "どちらも 7000 を使う",
    files: () => both("6000", "7000"),
    red: [start, pair],
    says: ["期待: ポート 6000 で接続を待つ\n実際: ポート 7000 で待っています"],
  },
  {
    name: "返事が小文字",
    files: () => server('"GETS"', '"gets"'),
    red: [first, every, next],
    says: ["期待: 「GETS」が届く\n実際: 「gets」が届きました"],
  },
  {
    name: "答えを続けて2回送る",
    files: () => server('"GETS"', '"GETSGETS"'),
    red: [once],
    says: ["期待: 「GETS」が1回だけ届く\n実際: 同じ答えが、もう一度届きました (「GETSGETS」)"],
  },
  {
    name: "空行を表示しない",
    files: () => server('  console.log("");', "  "),
    red: [display],
    says: ["期待: (空の行)\n  実際: (ここで終わり)"],
  },
  {
    name: "1つのクライアントにしか答えない",
    files: () => server("  server.listen", '  server.once("connection", () => server.close());\n  server.listen'),
    red: [next],
    says: ["その前: そのクライアントは、接続を閉じました\nしたこと: サーバに接続する", "ECONNREFUSED"],
  },
  {
    name: "言葉のあとに空白を送る",
    sends: () => "Hello ",
    red: [sends],
    says: ["期待: 「Hello」が届く\n実際: 「Hello 」が届きました"],
  },
  {
    name: "返事の前に、色の付いた行を表示する",
    files: () => client("console.log(response)", `${colored}\n  console.log(response)`),
    red: [shows],
    says: [
      "実際: 表示の 1 行目が違います\n  期待: 返事は",
      "\n  実際: ␛[31m返事␛[0m␇\n--- Socket2/client.ts の標準出力:\n  │ ␛[31m返事␛[0m␇\n  │ 返事は",
      "--- Socket2/client.ts の標準エラー:\n  │ ␛]0;題",
    ],
  },
  {
    name: "返事を表示したあと、メモリを 2 GiB 使う (process/usage.ts)",
    files: () => client("  client.destroy();\n", `  client.destroy();\n${greedy}`),
    red: [ends],
    says: ["実際: Socket2/client.ts が 1 GiB より多くのメモリを使ったので、終わらせました"],
  },
  {
    name: "クライアントのポートだけが違う",
    files: () => client("6000", "6001"),
    red: [pair],
    says: ["実際: クライアントは、ポート 6001 につなごうとしました。サーバはポート 6000 で待っています"],
  },
]);
