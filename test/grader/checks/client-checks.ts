// クライアントの検査: 筋書きを1回ずつ動かし、初めにだめだったものの結果を、検査ごとに分ける (合否は watch-client.ts)
import type { Grading } from "./grading.ts";
import type { Check, Facts, Failures } from "./lesson.ts";
import { Values } from "./random-values.ts";
import { ClientWatch, type Script } from "./watch-client.ts";

/** クライアントの検査。id は、watch-client.ts の Seen の名前 */
export const clientChecks = ({ prompts }: Facts): Check[] => [
  ...(prompts.length ? [check("asks", "クライアントは、教科書のとおりの言葉でたずねる")] : []),
  check("sends", "クライアントは、サーバに接続し、教科書のとおりのものだけを送る"),
  check("shows", "クライアントは、サーバの返事をそのまま、教科書のとおりに表示する"),
  check("ends", "クライアントは、返事を表示したら終わる"),
];

const check = (id: string, name: string): Check => ({ id, name, part: "client" });

/**
 * 筋書きを動かす。1つ目がだめなら、ほかは動かさない。ゆっくり打つものは、1つ目がたずねたら、すぐに始める。
 * @param scripts 検査に使う値から、筋書きを作る
 * @returns 初めにだめだった筋書きで見たもの
 */
export async function examineClient(grading: Grading, scripts: (values: Values) => Script[]): Promise<Failures> {
  const { seed, script: only } = grading.options;
  const all = scripts(new Values(seed, "クライアント"));
  const [first, ...rest] = only === undefined ? all : [all[only]];
  const watch = (script: Script, greeted?: () => void) =>
    grading.withTools("client", (tools) => new ClientWatch(tools, script).watch(greeted));
  const bad = (seen: Failures) => Object.keys(seen).length > 0;
  let slowly: Promise<Failures>[] | undefined;
  const seen = await watch(first, () => (slowly ??= rest.filter(({ slow }) => slow).map((script) => watch(script))));
  const others = bad(seen) ? [] : rest.filter(({ slow }) => !slow).map((script) => watch(script));
  const found = [seen, ...(await Promise.all([...others, ...(slowly ?? [])]))];
  return found.find(bad) ?? {};
}
