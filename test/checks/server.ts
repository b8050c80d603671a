// サーバの検査のうち、いくつかのレッスンに共通のもの
import { Failure } from "../support/failure.ts";
import type { Values } from "../support/values.ts";
import { connect } from "../support/wire.ts";
import type { Bench } from "./bench.ts";
import type { Check, Facts } from "./lesson.ts";
import { onlyOnce, Questions, type Question } from "./questions.ts";

/** サーバの検査を1つ作る。初めのメッセージに答えるサーバでだけ試す */
export const serverCheck = (name: string, body: (bench: Bench) => Promise<void>): Check => {
  return { name, part: "server", needsAnswer: true, run: (grading) => grading.onBench(name, body) };
};

/** 手で動かすときのように起動して、教科書のポートで待ち、そう表示すること */
export const startsListening = ({ port, starts }: Facts): Check => ({
  ...serverCheck(`サーバは、PORT がなければ ${port} 番で待ち、${starts(port)} と表示する`, async (bench) => {
    const { program } = await bench.startServer();
    await program.shows(starts(port));
  }),
  starting: true,
  needsAnswer: undefined,
});

/** 接続が開いているうちに答えること。ここで何も届かなければ、ほかの検査は試さない */
export const answersFirst = (name: string, question: (values: Values) => Question): Check => ({
  ...serverCheck(name, async (bench) => {
    let client: Questions | undefined;
    try {
      client = (await bench.meet()).client;
      await client.ask(question(bench.values));
    } catch (error) {
      if (error instanceof Failure && !client?.heard) error.report.unanswered = true;
      throw error;
    }
  }),
  opening: true,
  needsAnswer: undefined,
});

/** 頼まれたことに答えること */
export const answers = (name: string, question: (values: Values) => Question) =>
  serverCheck(name, async (bench) => {
    const { client } = await bench.meet();
    await client.ask(question(bench.values));
  });

/** 1つの接続で、何度頼まれても答えること */
export const answersAll = (name: string, questions: (values: Values) => Question[]) =>
  serverCheck(name, async (bench) => {
    const { client } = await bench.meet();
    for (const question of questions(bench.values)) await client.ask(question);
  });

/** 答えを1回だけ送り、あとから何も送らず、次の答えにも残さないこと */
export const answersOnce = (name: string, questions: (values: Values) => [first: Question, next: Question]) =>
  serverCheck(name, async (bench) => {
    const { client } = await bench.meet();
    const [first, next] = questions(bench.values);
    await onlyOnce(client.peer, first, next);
  });

/** 前のクライアントがいなくなったあと、次のクライアントにも答えること */
export const answersNext = (name: string, questions: (values: Values) => [before: Question, next: Question]) =>
  serverCheck(name, async (bench) => {
    const { server, client } = await bench.meet();
    const [before, next] = questions(bench.values);
    await client.ask(before);
    client.peer.leave();
    bench.trial.before.push("そのクライアントは、接続を閉じました");
    await new Questions(await connect(server, bench.trial)).ask(next);
  });
