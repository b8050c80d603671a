// 教科書の4つの対: サーバとクライアントを子プロセスとして動かし、打つものと、両方が表示するものを、1文字ずつ確かめる
// 期待する表示は、ここにじかに書く (grader/lessons/ の値は使わない)
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Program } from "./grader/process/program.ts";
import { root } from "./grader/repository-root.ts";
import { Session } from "./grader/process/session.ts";

const menu =
  "計算結果を返すサービスです\n実行する演算子を入力してください\n" +
  "足し算--->add\n引き算--->sub\n掛け算--->mul\n割り算--->div\n";

let session: Session;
beforeEach(() => void (session = new Session(20_000)));
afterEach(() => session.end());

test.each([
  {
    lesson: "Socket1",
    port: 6000,
    client: ["Get answer\n"],
    server: "Waiting for connections...\nReceived -> Hello\nRecepi message...\nsend message\nReceived -> \n",
  },
  {
    lesson: "Socket2",
    port: 6000,
    client: ["GETS\n"],
    server: "listen ('127.0.0.1', 6000)\nHello\n\n",
  },
  {
    lesson: "Practice1",
    port: 6000,
    client: ["数字を入力してください\n", { types: "67" }, "Answer:4489\n"],
    server: "Waiting for connections...\nsend\n",
  },
  {
    lesson: "Practice2",
    port: 9000,
    client: [
      ...[menu, { types: "add" }, "1つ目の数を入力してください\n", { types: "7" }],
      ...["2つ目の数を入力してください\n", { types: "4" }, "[Result]\n11\n"],
    ],
    server: "listen ('127.0.0.1', 9000)\n",
  },
])("$lesson: 教科書のとおりに表示する", async ({ lesson, port, client: dialogue, server: served }) => {
  // サーバを、空いているポートで動かす (プログラムには、教科書の番号に見える)。クライアントは、そこにつなぐ
  const server = await Program.start(session, join(root, lesson, "server.ts"), { anyPort: true });
  const there = await server.listens(port);
  const client = await Program.start(session, join(root, lesson, "client.ts"), { connectTo: { [port]: there.port } });

  let shown = "";
  for (const step of dialogue)
    if (typeof step === "string") {
      shown += step;
      await client.until(() => client.stdout === shown || undefined, { done: "表示を待つ", expected: shown });
    } else client.type(`${step.types}\n`);
  expect(await client.ends()).toEqual({ code: 0, stdout: shown, stderr: "" });

  const waits = { done: "クライアントの終わりを待つ", expected: served };
  await server.until(() => server.stdout === served || undefined, waits);
  if (served.startsWith("listen")) server.signal("SIGINT"); // ほかのクライアントを待ち続けるので、Ctrl-C
  expect(await server.ends()).toMatchObject({ stdout: served, stderr: "" });
});
