// サーバの検査のうち、いくつかのレッスンに共通のもの
import { Failure } from "../report/failure.ts";
import type { Values } from "./random-values.ts";
import { connect } from "../process/peer.ts";
import type { Submission } from "./submission.ts";
import type { Check, Facts } from "./lesson.ts";
import { onlyOnce, Conversation, type Question } from "./ask-server.ts";

/** サーバの検査を1つ作る。初めのメッセージに答えるサーバでだけ試す */
export const serverCheck = (name: string, body: (submission: Submission) => Promise<void>): Check => {
  return { name, part: "server", needsReply: true, run: (grading) => grading.onSubmission(name, body) };
};

/** 手で動かすときのように起動して、教科書のポートで待ち、そう表示すること */
export const startsListening = ({ port, starts }: Facts): Check => ({
  ...serverCheck(`サーバは、PORT がなければ ${port} 番で待ち、${starts(port)} と表示する`, async (submission) => {
    const { program } = await submission.startServer();
    await program.shows(starts(port));
  }),
  starting: true,
  needsReply: undefined,
});

/** 接続が開いているうちに答えること。ここで何も届かなければ、ほかの検査は試さない */
export const repliesFirst = (name: string, question: (values: Values) => Question): Check => ({
  ...serverCheck(name, async (submission) => {
    let client: Conversation | undefined;
    try {
      client = (await submission.meet()).client;
      await client.ask(question(submission.values));
    } catch (error) {
      if (error instanceof Failure && !client?.heard) error.report.noReply = true;
      throw error;
    }
  }),
  opening: true,
  needsReply: undefined,
});

/** 頼まれたことに答えること */
export const replies = (name: string, question: (values: Values) => Question) =>
  serverCheck(name, async (submission) => {
    const { client } = await submission.meet();
    await client.ask(question(submission.values));
  });

/** 1つの接続で、何度頼まれても答えること */
export const repliesToAll = (name: string, questions: (values: Values) => Question[]) =>
  serverCheck(name, async (submission) => {
    const { client } = await submission.meet();
    for (const question of questions(submission.values)) await client.ask(question);
  });

/** 答えを1回だけ送り、あとから何も送らず、次の答えにも残さないこと */
export const repliesOnce = (name: string, questions: (values: Values) => [first: Question, next: Question]) =>
  serverCheck(name, async (submission) => {
    const { client } = await submission.meet();
    const [first, next] = questions(submission.values);
    await onlyOnce(client.peer, first, next);
  });

/** 前のクライアントがいなくなったあと、次のクライアントにも答えること */
export const repliesToNext = (name: string, questions: (values: Values) => [before: Question, next: Question]) =>
  serverCheck(name, async (submission) => {
    const { server, client } = await submission.meet();
    const [before, next] = questions(submission.values);
    await client.ask(before);
    client.peer.leave();
    submission.session.before.push("そのクライアントは、接続を閉じました");
    await new Conversation(await connect(server, submission.session)).ask(next);
  });
