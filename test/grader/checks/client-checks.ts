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
 * 筋書きを、だめなものが見つかるまで、順に動かす。ゆっくり打つものは、1つ目がたずねたら、すぐに始める。
 * @param scripts 検査に使う値から、筋書きを作る
 * @returns 初めにだめだった筋書きで見たもの
 */
export async function examineClient(grading: Grading, scripts: (values: Values) => Script[]): Promise<Failures> {
  const { seed, scripts: some } = grading.options;
  const [first, ...rest] = scripts(new Values(seed, "クライアント")).slice(0, some);
  const watch = (script: Script, greeted?: () => void) =>
    grading.withTools("client", (tools) => new ClientWatch(tools, script).watch(greeted));
  const bad = (seen: Failures) => Object.keys(seen).length > 0;
  let slowly: Promise<Failures>[] | undefined;
  let seen = await watch(first, () => (slowly ??= rest.filter(({ slow }) => slow).map((script) => watch(script))));
  for (const script of rest.filter(({ slow }) => !slow)) if (!bad(seen)) seen = await watch(script);
  const last = await Promise.all(slowly ?? []);
  return bad(seen) ? seen : (last.find(bad) ?? {});
}
