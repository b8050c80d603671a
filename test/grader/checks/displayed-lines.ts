// プログラムの表示が、あるはずの行になるのを待ち、あとから何も増えないことを確かめる
import { difference, toLines, withoutTail } from "../report/lines.ts";
import type { Program } from "../process/program.ts";
import type { Story } from "../process/session.ts";
import type { Sight } from "../report/failure.ts";
import { silence } from "./ask-server.ts";

/** 表示しかけた行が、終わりまで表示されるのを待つ長さ (ms) */
const settling = 500;

/**
 * 違う行を、見たこととして言う。
 * @param before これより前に表示された行の数
 * @param whose 何の表示かを言う言葉
 */
export const differing = (expected: string[], actual: string[], before = 0, whose = ""): Sight | undefined => {
  const differs = difference(expected, actual);
  return differs && { saw: `${whose}表示の ${before + differs.line} 行目が違います`, differs };
};

/**
 * 表示が、書いてあるとおりになり、あとから何も増えないのを待つ。行の終わりの空白は問わない。
 * 終わりの空行は、expected の終わりが空行のときだけ問う。
 * @param expected 期待する行
 * @param done したこと (失敗したときに見せる)
 * @param from 初めの何行を問わないか
 * @param explain 違うときに、代わりに知らせる訳
 * @throws {Failure} 終わっても、限度まで待っても、そうならないとき、あとから何か表示したとき
 */
export async function showsLines(
  program: Program,
  expected: string[],
  done: string,
  { from = 0, explain = (): Sight | undefined => undefined } = {},
) {
  const all = () => (expected.at(-1) === "" ? program.lines() : withoutTail(toLines(program.stdout)));
  const lines = () => all().slice(from);
  const differs = () => differing(expected, lines(), from, `${program.name} の`);
  /** 足りないだけでなく、違うものが表示されたか。あとから直ることはない */
  const wrong = () => differs()?.differs?.actual !== undefined || undefined;
  const right = () => (differs() ? undefined : true);
  const story: Story = { done, expected: `${program.name} が次のとおりに表示する`, lines: expected };
  const sight = () => explain() ?? differs();
  do await program.until(() => right() ?? wrong(), { ...story, sight });
  while (!(await program.quiet(right, settling)) && !wrong()); // 行の途中だったなら、また待つ
  if (wrong()) await program.fail(story, sight());
  const more = await program.quiet(differs, silence); // 終わるプログラムなら、終わるまで
  if (more) await program.fail(story, more);
}
