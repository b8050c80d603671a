import { checks, submissionsOf, type Wrong } from "../submissions.ts";

const { answer, server, client } = submissionsOf("Socket2");
const { start, every, once, client: all, ends } = checks;

export const wrong: Wrong[] = [
  {
    name: "Socket2 が1つのクライアントにしか答えない",
    files: () => server("  server.listen", '  server.once("connection", () => server.close());\n  server.listen'),
    among: ["次の", every],
    red: ["次の"],
    says: ["ECONNREFUSED"],
  },
  {
    name: "Socket2 が答えを2回送る",
    files: () => server('"GETS"', '"GETSGETS"'),
    among: [once, every],
    red: [once],
    says: ["「GETS」も届きました"],
  },
  {
    name: "Socket2 が違うアドレスで待つ",
    files: () => server("{ host, port }", "{ port }"),
    among: [start, every],
    red: [start],
    says: ["listen ('127.0.0.1', 6000)"],
  },
  {
    name: "Socket2 が1つのメッセージにしか答えない",
    files: () => server('"GETS", sent));', '"GETS", sent));\n    break;'),
    among: [every],
    red: [every],
    says: ["実際: 接続が"],
  },
  {
    name: "Socket2 が空行を表示しない",
    files: () => server('  console.log("");', "  "),
    among: ["空行", "次の"],
    red: ["空行"],
    says: ["期待: (空の行)\n  実際: (ここで終わり)"],
  },
  {
    name: "シグナルで終わる",
    files: () => client("  client.destroy();", '  process.kill(process.pid, "SIGKILL");'),
    among: [ends],
    red: [ends],
    says: ["シグナル SIGKILL で終わりました"],
  },
  {
    name: "終了コードが 1",
    files: () => client("  client.destroy();", "  client.destroy();\n  process.exit(1);"),
    among: [all],
    red: [ends],
    says: ["終了コード 1 で終わりました"],
  },
];
