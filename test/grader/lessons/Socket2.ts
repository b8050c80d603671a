// Socket2 (本文の socketserver の章) のポートと、表示する行と、採点で行うすべての検査
import { clientChecks, examineClient } from "../checks/client-checks.ts";
import { showsLines } from "../checks/displayed-lines.ts";
import { examineServer, serverCheck, type Look } from "../checks/examine-server.ts";
import type { Facts, Lesson } from "../checks/lesson.ts";
import { examinePair, pairCheck } from "../checks/pair-check.ts";
import { anyMessage, echoing } from "../checks/same-reply.ts";

const facts: Facts = {
  name: "Socket2",
  port: 6000,
  clients: "many",
  prompts: [],
  message: "Hello",
  reply: "GETS",
  result: (reply) => [reply],
  starts: (port) => `listen ('127.0.0.1', ${port})`,
  serves: ["Hello", ""],
};

const displays: Look = {
  id: "displays",
  async look({ program }, asked, unended) {
    const done = `「${asked.join("」「")}」と送り、返事を受け取って、接続を閉じる`;
    await showsLines(program, [...asked, ""], done, { from: 1, explain: () => unended }); // 1行目は、別の検査が見る
  },
};

export const lesson: Lesson = {
  ...facts,
  checks: [
    serverCheck("listens", "サーバは、PORT がなければ 6000 番で待ち、listen ('127.0.0.1', 6000) と表示する"),
    serverCheck("reply", "サーバは、メッセージを受け取ると、接続が開いているうちに GETS と返事をする"),
    serverCheck("every-message", "サーバは、1つの接続で届くメッセージのすべてに返事をする"),
    serverCheck("once", "サーバは、返事を1回だけ送り、あとから何も送らない"),
    serverCheck("displays", "サーバは、メッセージと、クライアントが閉じたときの空行を、教科書のとおりに表示する"),
    serverCheck("next-client", "サーバは、前のクライアントがいなくなったあと、次のクライアントにも返事をする"),
    ...clientChecks(facts),
    pairCheck(facts),
  ],
  examine: {
    server: (grading) => examineServer(grading, anyMessage(facts), [displays]),
    client: (grading) => examineClient(grading, echoing(facts)),
    pair: (grading) => examinePair(grading, [facts.starts(facts.port), "Hello"]),
  },
};
