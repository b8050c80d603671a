// 採点の画面: よくある間違いについて、採点が見せるものの全部 (__snapshots__/screens.test.ts.snap)。
// 画面を変えたら、npx jest test/grader-tests/screens -u で書き直し、差分を読む
import { expect, test } from "@jest/globals";
import { names } from "../grader/lessons/all.ts";
import { screen } from "../grader/report/screen.ts";
import { grade } from "../grader/results.ts";
import { Submission } from "../grader/submission.ts";
import { modelAnswer, submissionsOf, submit, type Files } from "./submissions.ts";

process.env.PLAIN = "lines"; // launch.ts

const [socket1, socket2, practice1, practice2] = names.map(submissionsOf);

/** 提出。どのレッスンでも、サーバとクライアントに、1つずつ間違いがある */
const crashing = (): Files => ({
  ...socket1.together(
    socket1.server('console.log("Recepi message...")', 'consol.log("Recepi message...")'),
    socket1.client("  client.destroy();", "  client.destroy();\n  process.exit(1);"),
  ),
  ...socket2.together(
    socket2.server("    console.log(data);", "    process.exit(3);"),
    socket2.client("console.log(response)", "console.log(responce)"),
  ),
  ...practice1.together(
    practice1.server("for await (", "for ("),
    practice1.client('await once(client, "data")', 'once(client, "data")'),
  ),
  ...practice2.together(
    practice2.server(/(function calculate.*): string/, "async $1"),
    practice2.client("  client.destroy();", '  process.kill(process.pid, "SIGKILL");'),
  ),
});

const otherWords = (): Files => ({
  ...socket1.together(socket1.server("Recepi", "Receive"), socket1.client('"Hello"', '"hello"')),
  "Practice1/server.ts": modelAnswer("Socket1", "server"),
  "Practice1/client.ts": modelAnswer("Socket1", "client"),
});

const unending = (): Files => ({
  ...socket1.together(
    socket1.server("  serversock.close();\n", ""),
    socket1.client("  client.destroy();\n", ""),
  ),
  ...practice1.together(
    practice1.server(/await new Promise\(\(sent\).*/, "await new Promise(() => {});"),
    practice1.client("  rl.close();\n", ""),
  ),
  ...practice2.together(
    practice2.server("server.listen({ host, port });", "setInterval(() => {}, 1000);"),
    practice2.client('once(client, "data")', "client.toArray()"),
  ),
});

/** 機械や版によって違うところを、同じにする */
function masked(screen: string): string {
  return screen
    .replaceAll(/\/\S*\/submission-\w+/g, "(提出フォルダ)")
    .replaceAll(/^ {4}│ +at .*\(node:.*\)( \{)?\n/gm, "") // Node の中の行
    .replaceAll(/^( {4}│ )node:.*\n(?: {4}│.*\n)*?(?= {4}│ \w*Error)/gm, "$1(Node の中の行)\n")
    .replaceAll(/^( {4}│\n)+/gm, "    │\n")
    .replaceAll(/Node\.js v[\d.]+/g, "Node.js v(版)");
}

test.concurrent.each([
  ["エラーで終わる、await がない", crashing],
  ["言葉とポートと、Socket1 の写しのまま", otherWords],
  ["終わらない、待ち続ける", unending],
])("画面: %s", async (_, files) => {
  const submission = new Submission(submit(files()));
  const { result } = await grade(submission, submission.lessons(), 1);
  expect(`\n${masked(screen(result, "npm run grade my seed 1"))}`).toMatchSnapshot();
});
