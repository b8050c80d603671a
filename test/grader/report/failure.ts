// 検査の失敗。知らせることを、データ (Report) として持つ
import { inFull } from "./render.ts";

/** 動かしたプログラム1つの出力と、エラーで終わっていれば、それを言う言葉 (crash) と終わった時刻 (ms) */
export type Output = { name: string; stdout: string; stderr: string; crash?: string; endedAt?: number };

/** 初めて違う行。なければ undefined の側は、そこで終わっている */
export type Difference = { line: number; expected?: string; actual?: string };

/** 見たことと、分かればその訳 */
export type Sight = {
  saw: string;
  differs?: Difference;
  hint?: string;
  /** 届いたこと。プログラムがエラーで終わっていれば、その前のこと */
  arrived?: true;
};

/** 検査が失敗したときに知らせること。言葉の並べ方は render.ts が決める */
export type Report = Sight & {
  /** したこと */
  done: string;
  /** 期待したこと */
  expected: string;
  /** 期待した行 (表示を調べるとき) */
  lines?: string[];
  /** その前にあったこと。古い順 */
  before: string[];
  outputs: Output[];
  /** サーバの検査か、クライアントか、合わせる検査か */
  part?: "server" | "client" | "pair";
  /** ほかの検査で分かったことのために、試さなかった */
  untried?: true;
  /** サーバが待ち始めないか、初めのメッセージに答えない。答えの要るほかの検査は、試せない */
  noReply?: true;
};

/** 検査が失敗したこと。画面も JSON も、report から作る */
export class Failure extends Error {
  report: Report;

  constructor(report: Report) {
    super(inFull(report).join("\n"));
    this.report = report;
    // jest は、いちばん上の行の前後を見せる。待つ道具ではなく、待たせた所がよい
    const tools = /^ +at .*[/\\](grader[/\\](process|report)[/\\]|model-answers[/\\]run-copy)/;
    this.stack = this.stack?.split("\n").filter((line) => !tools.test(line)).join("\n");
  }
}

/** プログラムを動かすまでもない失敗 */
export const plainFailure = (done: string, expected: string, saw: string) =>
  new Failure({ done, expected, saw, before: [], outputs: [] });

/** 試さなかったことを表す失敗。 @param why 試さない訳 */
export const untried = (why: string) =>
  new Failure({ done: "", expected: "", saw: why, before: [], outputs: [], untried: true });
