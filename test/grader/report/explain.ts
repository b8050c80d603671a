// 見たことの訳を言う: エラーで終わったプログラムがあれば、起きた順に。よくある書き損じなら、そのヒントも
import type { Output, Sight } from "./failure.ts";
import { slipIn } from "./hints.ts";

/** 自分の言葉 (エラー: …) で終わったか。相手のせいで終わるときに、そうする */
const said = ({ stderr }: Output) => Number(/^エラー: /m.test(stderr));

/**
 * 見たことに、エラーで終わったプログラムのことと、よくある書き損じのヒントを加える。起きた順に言う:
 * 届いたものは、エラーより前のこと。相手のせいで終わったものは、相手のあと。ほかは終わった順。
 * ほかに見たことは、エラーのあとのことで、たぶんそのせい
 * @param sight 見たこと
 * @param otherwise sight がなければ、見たこととする言葉
 * @param outputs 動かしたプログラムの出力
 */
export function explained(sight: Sight | undefined, otherwise: string, outputs: Output[]): Sight {
  const order = (a: Output, b: Output) => said(a) - said(b) || (a.endedAt ?? 0) - (b.endedAt ?? 0);
  const ended = outputs.filter(({ crash }) => crash).sort(order);
  const crashes = ended.map(({ crash }) => crash).join("。そのあと、");
  const seen = crashes ? withCrashes(crashes, sight) : (sight ?? { saw: otherwise });
  const words = [seen.saw, seen.differs?.actual, ...outputs.map(({ stderr }) => stderr)].join("\n");
  const reply = sight?.arrived ? sight.saw : (sight?.differs?.actual ?? "");
  const hint = seen.hint ?? slipIn(words.replaceAll(/^.{500,}$/gm, ""), reply); // 長い行は、変換の道具の中身
  return { ...seen, hint };
}

/** エラーで途切れただけの表示は、比べない */
function withCrashes(crashes: string, sight: Sight | undefined): Sight {
  if (!sight || (sight.differs && sight.differs.actual === undefined)) return { saw: crashes };
  const { saw, arrived } = sight;
  return { ...sight, saw: arrived ? `${saw}。そのあと、${crashes}` : `${crashes}。${saw}` };
}
