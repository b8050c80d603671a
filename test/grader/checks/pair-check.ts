// 提出されたサーバとクライアントを、合わせて動かす検査
import { quote } from "../report/render.cjs";
import type { Sight } from "../report/failure.ts";
import type { Program } from "../process/program.ts";
import { toLines } from "../report/lines.ts";
import type { Check, Facts, Prompt } from "./lesson.ts";
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

/**
 * 提出されたサーバとクライアントを合わせる検査。どちらも、手で動かすときと同じに動かす。
 * @param serverShows サーバが、始めから終わりまでに表示する行。問わないなら undefined
 */
export function pairCheck(lesson: Facts, serverShows?: string[]): Check {
  const { port, prompts, result, reply } = lesson;
  const words = prompts.map(({ type }) => quote(type)).join("");
  const typing = words && `${words}と打って、`;
  const name = `サーバとクライアントを合わせると、教科書のとおりに${typing}表示する`;
  const done = `PORT なしでサーバとクライアントを動かす${words && `。${words}と打つ`}`;
  const run: Check["run"] = (grading) =>
    grading.withTools(name, async (tools) => {
      const { program, server } = await tools.startServer();
      const client = await tools.startClientByHand(server.port);
      const explain = () => missed(client, port);
      const asked: string[] = [];
      for (const { lines, type } of prompts) {
        asked.push(...lines);
        await waitForPrompts(client, asked, done, explain);
        client.type(`${type}\n`);
      }
      await showsLines(client, [...asked, ...result(reply)], done, { explain });
      if (serverShows) await showsLines(program, serverShows, done);
    });
  return { name, part: "pair", needsReply: true, run };
}

/** クライアントが、ここまでたずねるのを待つ */
async function waitForPrompts(client: Program, asked: Prompt["lines"], done: string, explain: () => Sight | undefined) {
  const differs = () => differing(asked, toLines(client.stdout).slice(0, asked.length));
  const expected = `${client.name} が次のとおりに表示する`;
  const sight = () => explain() ?? differs();
  await client.until(() => (differs() ? undefined : true), { done, expected, lines: asked, sight });
}
