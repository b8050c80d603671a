// Practice1 (演習1 (2乗)) のポートと、表示する行と、採点で行うすべての検査
import { exactly, type Question } from "../checks/ask-server.ts";
import { clientChecks, examineClient } from "../checks/client-checks.ts";
import { examineServer, serverCheck, type Look } from "../checks/examine-server.ts";
import type { Facts, Lesson } from "../checks/lesson.ts";
import { examinePair, pairCheck } from "../checks/pair-check.ts";
import type { Values } from "../checks/random-values.ts";
import { slowTyping } from "../checks/watch-client.ts";

const facts: Facts = {
  name: "Practice1",
  port: 6000,
  clients: "one",
  prompts: [{ lines: ["数字を入力してください"], type: "67" }],
  message: "67",
  reply: "4489",
  result: (reply) => [`Answer:${reply}`],
  starts: () => "Waiting for connections...",
  serves: ["send"],
};

/** 数を送ると、その2乗が返る */
const square = (num: number): Question => {
  const slips = { [String(num ^ 2)]: "^ は2乗ではありません。num * num か num ** 2 と書きます" };
  return { message: String(num), reply: exactly(num * num), about: about(num), slips };
};

/** その数の答えが違えば落ちる検査。2つ目からは、それが落ちていれば、そのせいかもしれない検査 */
const about = (num: number) => [
  ...(num === 0 ? ["zero"] : []),
  ...(num < 0 ? ["negative"] : []),
  ...(Math.abs(num) >= 100_000 ? ["six-digits"] : []),
  "square",
  ...(Math.abs(num) >= 10_000 ? ["six-digits"] : []), // 大きな数が苦手なら、そのせい
];

const questions = (values: Values) => {
  const lengths = [1, 2, 3, 4, 5, 6];
  const each = lengths.flatMap((length) => [1, 2, 3, 4].map(() => values.digits(length)));
  const [again, small] = [values.integer(102, 987), values.integer(4, 9)];
  const rest = [...each, ...each.map((num) => -num), 0, 0, 1, -1, 10, -10, small, -small, 999_999, -999_999];
  const mixed = values.shuffled([...rest, ...lengths.map(() => values.integer(-99, 99))]);
  return {
    opening: square(values.integer(12, 98)),
    firsts: [0, -values.integer(102, 987), values.integer(100_003, 999_997)].map((num) => [square(num)]),
    rest: [...mixed, again, again].map(square).sort((a, b) => a.about.length - b.about.length), // 訳が1つのものから
  };
};

/** 答えるたびに、send と表示すること */
const sends: Look = {
  id: "send",
  async look({ program }, asked, unended) {
    const count = () => program.lines().filter((line) => line === "send").length;
    await program.until(() => count() >= asked.length || undefined, {
      done: `数を${asked.length}個送り、答えを${asked.length}個受け取る`,
      expected: `send だけの行を${asked.length}回表示する`,
      sight: () => unended ?? { saw: `send だけの行は、${count()}回です` },
    });
  },
};

const scripts = (values: Values) => {
  const typed = [-values.integer(102, 987), 0, values.integer(100_003, 999_997)];
  const replies = [0, values.digits(12), -values.integer(1002, 9987)]; // どの数の2乗でもなくてよい
  return typed.map((num, i) => {
    const type = String(num);
    const prompts = facts.prompts.map(({ lines }) => ({ lines, type }));
    const reply = String(replies[i]);
    return { prompts, wire: type, reply, result: facts.result(reply), slow: i === 2 ? slowTyping : undefined };
  });
};

export const lesson: Lesson = {
  ...facts,
  checks: [
    serverCheck("listens", "サーバは、PORT がなければ 6000 番で待ち、Waiting for connections... と表示する"),
    serverCheck("square", "サーバは、数を受け取ると、接続が開いているうちに2乗を返す"),
    serverCheck("zero", "サーバは、0 の2乗を返す"),
    serverCheck("negative", "サーバは、負の数の2乗を返す"),
    serverCheck("six-digits", "サーバは、6桁の数の2乗を返す"),
    serverCheck("every-message", "サーバは、1つの接続で届く数のすべてに2乗を返す"),
    serverCheck("once", "サーバは、答えを1回だけ送り、あとから何も送らない"),
    serverCheck("send", "サーバは、答えるたびに send と表示する"),
    ...clientChecks(facts),
    pairCheck(facts),
  ],
  examine: {
    server: (grading) => examineServer(grading, questions, [sends]),
    client: (grading) => examineClient(grading, scripts),
    pair: (grading) => examinePair(grading),
  },
};
