import { inFull } from "./show.cjs";

/** 動かしたプログラム1つの出力と、エラーで終わっていれば、それを言う言葉 */
export type Output = { name: string; stdout: string; stderr: string; fault?: string };

/** 初めて違う行。なければ undefined の側は、そこで終わっている */
export type Difference = { line: number; expected?: string; actual?: string };

/** 見たことと、分かればその訳 */
export type Sight = { saw: string; differs?: Difference; hint?: string };

/** 検査が失敗したときに知らせること。言葉の並べ方は show.cjs が決める */
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
  unanswered?: true;
};

/**
 * 検査が失敗したこと。jest は、エラーに付けた report を、レポーターにも JSON にもそのまま渡す。
 * message は、jest のふつうの表示 (npm test) のためのもの
 */
export class Failure extends Error {
  report: Report;

  constructor(report: Report) {
    super(inFull(report).join("\n"));
    this.stack = this.message;
    this.report = report;
  }
}

/** プログラムを動かすまでもない失敗 */
export const plainFailure = (done: string, expected: string, saw: string) =>
  new Failure({ done, expected, saw, before: [], outputs: [] });

/** 試さなかったことを表す失敗。 @param why 試さない訳 */
export const untried = (why: string) =>
  new Failure({ done: "", expected: "", saw: `試していません (${why})`, before: [], outputs: [], untried: true });
