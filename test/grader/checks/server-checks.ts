// サーバの検査のうち、いくつかのレッスンに共通のもの
import { Failure } from "../report/failure.ts";
import type { Values } from "./random-values.ts";
import { connect } from "../process/peer.ts";
import type { CheckTools } from "./check-tools.ts";
import type { Check, Facts } from "./lesson.ts";
import { onlyOnce, Conversation, type Question } from "./ask-server.ts";

/** サーバの検査を1つ作る。初めのメッセージに答えるサーバでだけ試す */
export const serverCheck = (name: string, body: (tools: CheckTools) => Promise<void>): Check => {
  return { name, part: "server", needsReply: true, run: (grading) => grading.withTools(name, body) };
};

/** 手で動かすときのように起動して、教科書のポートで待ち、そう表示すること */
export const startsListening = ({ port, starts }: Facts): Check => ({
  ...serverCheck(`サーバは、PORT がなければ ${port} 番で待ち、${starts(port)} と表示する`, async (tools) => {
    const { program } = await tools.startServer();
    await program.shows(starts(port));
  }),
  starting: true,
  needsReply: undefined,
});

/** 接続が開いているうちに答えること。ここで何も届かなければ、ほかの検査は試さない */
export const repliesFirst = (name: string, question: (values: Values) => Question): Check => ({
  ...serverCheck(name, async (tools) => {
    let client: Conversation | undefined;
    try {
      client = (await tools.startAndConnect()).client;
      await client.ask(question(tools.values));
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
  serverCheck(name, async (tools) => {
    const { client } = await tools.startAndConnect();
    await client.ask(question(tools.values));
  });

/** 1つの接続で、何度頼まれても答えること */
export const repliesToAll = (name: string, questions: (values: Values) => Question[]) =>
  serverCheck(name, async (tools) => {
    const { client } = await tools.startAndConnect();
    for (const question of questions(tools.values)) await client.ask(question);
  });

/** 答えを1回だけ送り、あとから何も送らず、次の答えにも残さないこと */
export const repliesOnce = (name: string, questions: (values: Values) => [first: Question, next: Question]) =>
  serverCheck(name, async (tools) => {
    const { client } = await tools.startAndConnect();
    const [first, next] = questions(tools.values);
    await onlyOnce(client.peer, first, next);
  });

/** 前のクライアントがいなくなったあと、次のクライアントにも答えること */
export const repliesToNext = (name: string, questions: (values: Values) => [before: Question, next: Question]) =>
  serverCheck(name, async (tools) => {
    const { server, client } = await tools.startAndConnect();
    const [before, next] = questions(tools.values);
    await client.ask(before);
    client.peer.leave();
    tools.session.before.push("そのクライアントは、接続を閉じました");
    await new Conversation(await connect(server, tools.session)).ask(next);
  });
