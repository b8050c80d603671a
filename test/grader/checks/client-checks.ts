// クライアントの検査: 動かすのは筋書きごとに1回で、たずねたもの、送ったもの、表示したもの、終わり方を、検査ごとに見る
import { Values } from "./random-values.ts";
import type { Grading } from "./grading.ts";
import type { Check, Facts } from "./lesson.ts";
import { ClientWatch, type Script, type Seen } from "./watch-client.ts";

const none = (seen: Seen) => !Object.keys(seen).length;

/**
 * 筋書きを、みな動かす。1つ目がたずねないうちは、ほかを動かさない。
 * @param scripts 検査に使う値から、筋書きを作る
 * @returns 初めにだめだった筋書きで見たもの
 */
async function observe(grading: Grading, scripts: (values: Values) => Script[]): Promise<Seen> {
  const name = "クライアント";
  const [first, ...rest] = scripts(new Values(name)).slice(0, grading.options.scripts);
  const watch = (script: Script, greeted?: () => void) =>
    grading.withTools(name, (tools) => new ClientWatch(tools, script).watch(greeted));
  let others: Promise<Seen>[] | undefined;
  const seen = await watch(first, () => (others ??= rest.map((script) => watch(script))));
  const all = [seen, ...(await Promise.all(others ?? []))];
  return all.find((one) => !none(one)) ?? {};
}

/** クライアントの検査。@param scripts 検査に使う値から、筋書きを作る */
export function clientChecks({ prompts }: Facts, scripts: (values: Values) => Script[]): Check[] {
  const look = (name: string, aspect: keyof Seen): Check => ({
    name,
    part: "client",
    async run(grading) {
      const seen = await grading.memo(scripts, () => observe(grading, scripts));
      if (seen[aspect]) throw seen[aspect];
    },
  });
  const asks = look("クライアントは、教科書のとおりの言葉でたずねる", "asked");
  return [
    ...(prompts.length ? [asks] : []),
    look("クライアントは、サーバに接続し、教科書のとおりのものだけを送る", "sent"),
    look("クライアントは、サーバの返事をそのまま、教科書のとおりに表示する", "shown"),
    look("クライアントは、返事を表示したら終わる", "ended"),
  ];
}
