// 提出されたサーバとクライアントを、合わせて動かす検査
import { untried, type Sight } from "../report/failure.ts";
import { quote } from "../report/render.ts";
import type { Listening } from "../process/notices.ts";
import type { Program } from "../process/program.ts";
import { toLines } from "../report/lines.ts";
import type { CheckTools } from "./check-tools.ts";
import { failing, type Grading } from "./grading.ts";
import type { Check, Facts, Failures, Prompt } from "./lesson.ts";
import { differing, showsLines } from "./displayed-lines.ts";

/** クライアントが、サーバに会えないか、返事を待たないなら、それを言う。エラーより前のこと */
function missed(client: Program, { asked, address }: Listening): Sight | undefined {
  const arrived = true as const;
  const { connecting: to, early, code } = client;
  const tried = `クライアントは、ポート ${to.join(" と ")} につなごうとしました`;
  if (to.length && !to.includes(asked)) return { saw: `${tried}。サーバはポート ${asked} で待っています`, arrived };
  if (early === "closed") return { saw: "クライアントが、返事の前に接続を閉じました", arrived };
  if (early === "ended" && code === 0) return { saw: "クライアントが、返事を待たずに終わりました", arrived };
  return to.length && address === "::1" && client.over() ? { saw: "サーバは ::1 で待っています", arrived } : undefined;
}

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
  const stopped = found.some(({ report }) => report.noReply);
  const why = found.find(({ report }) => report.untried)?.report.saw;
  if (stopped) return { pair: untried(why ?? "サーバが、メッセージの前に送るので") };
  let real = "";
  const seen = (at: Listening) => void (real = `:${at.port}`);
  const failure = await failing(() => grading.withTools("pair", (tools) => meet(tools, lesson, seen, serverShows)));
  if (failure && real) // プログラムには、教科書の番号に見せている
    failure.report = JSON.parse(JSON.stringify(failure.report).replaceAll(real, `:${lesson.port}`));
  return failure ? { pair: failure } : {};
}

/** @param seen サーバの待つ所を知らせる関数。 @throws {Failure} 会えないとき、表示が違うとき */
async function meet(tools: CheckTools, lesson: Facts, seen: (at: Listening) => void, serverShows?: string[]) {
  const { port, prompts, result, reply } = lesson;
  const done = `PORT なしでサーバとクライアントを動かす${prompts.length ? `。${typing(lesson)}と打つ` : ""}`;
  const { program, at } = await tools.startServer();
  seen(at);
  if (at.asked !== port) await program.missesPort(port);
  const client = await tools.startClientByHand(at.port);
  const explain = () => missed(client, at);
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
