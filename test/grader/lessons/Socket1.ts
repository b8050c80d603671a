// Socket1 (本文の socket の章) のポートと、表示する行と、採点で行うすべての検査
import { clientChecks, examineClient } from "../checks/client-checks.ts";
import { showsLines } from "../checks/displayed-lines.ts";
import { examineServer, serverCheck, type Look } from "../checks/examine-server.ts";
import type { Facts, Lesson } from "../checks/lesson.ts";
import { examinePair, pairCheck } from "../checks/pair-check.ts";
import { anyMessage, echoing } from "../checks/same-reply.ts";

const facts: Facts = {
  name: "Socket1",
  port: 6000,
  clients: "one",
  prompts: [],
  message: "Hello",
  reply: "Get answer",
  result: (reply) => [reply],
  starts: () => "Waiting for connections...",
  serves: ["Received -> Hello", "Recepi message...", "send message", "Received -> "],
};

/** messages を受け取ったサーバが、始めから終わりまでに表示する行 (終わりの空白は問わない) */
function shown(...messages: string[]) {
  const [received, ...others] = facts.serves.slice(0, -1);
  const each = messages.flatMap((message) => [received.replace(facts.message, message), ...others]);
  return [facts.starts(facts.port), ...each, ...facts.serves.slice(-1)].map((line) => line.trimEnd());
}

const displays: Look = {
  id: "displays",
  async look({ program }, asked, unended) {
    const done = `「${asked.join("」「")}」と送り、返事を受け取って、接続を閉じる`;
    // 1行目は、別の検査が見る
    await showsLines(program, shown(...asked).slice(1), done, { from: 1, explain: () => unended });
  },
};

const closes: Look = {
  id: "closes",
  async look({ program }) {
    const sight = () => ({ saw: "プログラムがまだ動いています", hint: program.keeps() });
    const done = "サーバにつなぎ、返事を受け取って、接続を閉じる";
    const story = { done, expected: `${program.name} が、自分で、終了コード 0 で終わる` };
    await program.until(() => program.over(), { ...story, sight });
    if (program.code !== 0) await program.fail(story, undefined, program.over());
  },
};

export const lesson: Lesson = {
  ...facts,
  checks: [
    serverCheck("listens", "サーバは、PORT がなければ 6000 番で待ち、Waiting for connections... と表示する"),
    serverCheck("reply", "サーバは、メッセージを受け取ると、接続が開いているうちに Get answer と返事をする"),
    serverCheck("every-message", "サーバは、1つの接続で届くメッセージのすべてに返事をする"),
    serverCheck("once", "サーバは、返事を1回だけ送り、あとから何も送らない"),
    serverCheck("displays", "サーバは、メッセージを教科書のとおりに表示する"),
    serverCheck("closes", "サーバは、クライアントが接続を閉じると終わる"),
    ...clientChecks(facts),
    pairCheck(facts),
  ],
  examine: {
    server: (grading) => examineServer(grading, anyMessage(facts), [displays, closes]),
    client: (grading) => examineClient(grading, echoing(facts)),
    pair: (grading) => examinePair(grading, shown(facts.message)),
  },
};
