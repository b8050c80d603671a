import { checks, submissionsOf, type Wrong } from "../submissions.ts";

const { answer, server, client } = submissionsOf("Socket1");
const { every, once, pair } = checks;

export const wrong: Wrong[] = [
  {
    name: "Socket1 が終わらない",
    files: () => server("  serversock.close();\n", ""),
    among: ["閉じると終わる"],
    red: ["閉じると終わる"],
    says: ["サーバの close がない"],
  },
  {
    name: "Socket1 が1つのメッセージにしか答えない",
    files: () => server('    console.log("send message");', '    console.log("send message");\n    break;'),
    among: [every, "開いているうちに"],
    red: [every],
    says: ["実際: 接続が"],
  },
  {
    name: "Socket1 が答えのあとに改行を送る",
    files: () => server('"Get answer"', '"Get answer\\n"'),
    among: [once, every],
    red: [once],
    says: ["「(改行)」も届きました"],
  },
  {
    name: "Socket1 が、終わるときに、ほかのことも表示する",
    files: () => server("serversock.close();", 'setTimeout(() => serversock.close(() => console.log("bye")), 200);'),
    among: ["教科書のとおりに表示", "閉じると"],
    red: ["サーバは、メッセージを教科書", pair],
    says: ["(ここで終わり)\n  実際: bye"],
  },
  {
    name: "Socket1 の表示が違う",
    files: () => server("Recepi", "Receive"),
    among: [once, "教科書のとおりに表示"],
    red: ["サーバは、メッセージを教科書", pair],
    says: ["3行目が違います\n  期待: Recepi message...\n  実際: Receive message..."],
  },
];
