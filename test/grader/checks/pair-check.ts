// 提出されたサーバとクライアントを、合わせて動かす検査
import { untried, type Sight } from "../report/failure.ts";
import { quote } from "../report/render.ts";
import type { Program } from "../process/program.ts";
import { toLines } from "../report/lines.ts";
import type { CheckTools } from "./check-tools.ts";
import { failing, type Grading } from "./grading.ts";
import type { Check, Facts, Failures, Prompt } from "./lesson.ts";
import { differing, showsLines } from "./displayed-lines.ts";

/** クライアントが、教科書のポートにつなごうとしていなければ、それを言う */
const missed = (client: Program, port: number): Sight | undefined =>
  client.connecting.length && !client.connecting.includes(port)
    ? {
        saw:
          `クライアントは、ポート ${client.connecting.join(" と ")} につなごうとしました。` +
          `サーバはポート ${port} で待っています`,
      }
    : undefined;

/** 打つ見本の言葉を、続けたもの */
const typing = ({ prompts }: Facts) => prompts.map(({ type }) => quote(type)).join("");

/** 提出されたサーバとクライアントを合わせる検査 */
export function pairCheck(facts: Facts): Check {
  const typed = typing(facts) && `${typing(facts)}と打って、`;
  return { id: "pair", name: `サーバとクライアントを合わせると、教科書のとおりに${typed}表示する`, part: "pair" };
}

/**
 * 提出されたサーバとクライアントを合わせる。どちらも、手で動かすときと同じに動かす。
 * @param serverShows サーバが、始めから終わりまでに表示する行。問わないなら undefined
 */
export async function examinePair(grading: Grading, serverShows?: string[]): Promise<Failures> {
  const { options, lesson } = grading;
  // サーバが動くのは、一度に1つ。サーバの検査が終わるのを待つ
  const found = options.sureToReply ? [] : Object.values(await grading.examine("server"));
  const stopped = found.some(({ report }) => report.noReply) && found.find(({ report }) => report.untried);
  if (stopped) return { pair: untried(stopped.report.saw) };
  const failure = await failing(() => grading.withTools("pair", (tools) => meet(tools, lesson, serverShows)));
  return failure ? { pair: failure } : {};
}

/** @throws {Failure} 会えないとき、表示が違うとき */
async function meet(tools: CheckTools, lesson: Facts, serverShows?: string[]) {
  const { port, prompts, result, reply } = lesson;
  const done = `PORT なしでサーバとクライアントを動かす${prompts.length ? `。${typing(lesson)}と打つ` : ""}`;
  const { program, at } = await tools.startServer();
  if (at.asked !== port) await program.missesPort(port);
  const client = await tools.startClientByHand(at.port);
  const explain = () => missed(client, port);
  const asked: string[] = [];
  for (const { lines, type } of prompts) {
    asked.push(...lines);
    await waitForPrompts(client, asked, done, explain);
    client.type(`${type}\n`);
  }
  await showsLines(client, [...asked, ...result(reply)], done, { explain });
  if (serverShows) await showsLines(program, serverShows, done);
}

/** クライアントが、ここまでたずねるのを待つ */
async function waitForPrompts(client: Program, asked: Prompt["lines"], done: string, explain: () => Sight | undefined) {
  const differs = () => differing(asked, toLines(client.stdout).slice(0, asked.length));
  const expected = `${client.name} が次のとおりに表示する`;
  const sight = () => explain() ?? differs();
  await client.until(() => (differs() ? undefined : true), { done, expected, lines: asked, sight });
}
