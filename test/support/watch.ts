import { AsyncLocalStorage } from "node:async_hooks";
import { EventEmitter, once } from "node:events";

/** 待つ限度 (ms)。採点では1つの検査に5秒までとし、後片付けの分を引く */
let patience = process.env.SUBMISSION ? 4500 : 20_000;

/** これから始まる検査の、待つ限度 (ms) を変える */
export function setPatience(ms: number) {
  patience = ms;
}

const current = new AsyncLocalStorage<{ deadline: number; cleanups: (() => unknown)[] }>();
const cleanups: (() => unknown)[] = [];
afterEach(() => Promise.all(cleanups.splice(0).map((cleanup) => cleanup())));

/** 後片付けを、今の検査 (その外なら今のテスト) の終わりに予約する */
export function atEnd(cleanup: () => unknown) {
  (current.getStore()?.cleanups ?? cleanups).push(cleanup);
}

/** 検査を動かし、後片付けをする。中で待つ時間は、合わせて patience まで。いくつ同時に動かしてもよい */
export async function inCheck<T>(body: () => Promise<T>): Promise<T> {
  const check = { deadline: Date.now() + patience, cleanups: [] as (() => unknown)[] };
  try {
    return await current.run(check, body);
  } finally {
    await Promise.all(check.cleanups.map((cleanup) => cleanup()));
  }
}

/** 改行なども見えるように、文字列をかぎかっこに入れる */
export function quote(text: string): string {
  return `「${JSON.stringify(text).slice(1, -1)}」`;
}

/** 行の終わりの空白を取る */
export function tidy(text: string): string {
  return text.replace(/[^\S\n]+$/gm, "");
}

/** 検査が失敗したことを、読む人の言葉だけで表すエラー (スタックトレースは付けない) */
export class Failure extends Error {
  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}

/** 何かが起きるたびに "change" を出すもの。プログラムとソケットに共通の待ち方 */
export abstract class Watched extends EventEmitter {
  constructor() {
    super();
    this.setMaxListeners(0);
  }

  /** 失敗を知らせるときに添える、今の様子 */
  abstract situation(): string;

  /** これ以上は何も起きないなら、その訳 (例: プログラムが終わった)。まだなら undefined */
  abstract over(): string | undefined;

  /** 限度まで待ったときに、見たこととして知らせる言葉 */
  waited(): string {
    return "時間内にそうなりませんでした (今の様子は下にあります)";
  }

  /**
   * 条件が成り立つまで、何かが起きるたびに確かめて待つ。
   * @param condition 成り立てば undefined 以外を返す関数。その値が結果になる
   * @param done したこと (失敗したときに見せる)
   * @param expected 期待すること (失敗したときに見せる)
   * @param limit 早くあきらめる限度 (ms)。なければ検査の限度まで待つ
   * @throws {Failure} 成り立つ見込みがなくなったとき、または限度まで待ったとき
   */
  async until<T>(condition: () => T | undefined, done: string, expected: string, limit = patience): Promise<T> {
    const signal = AbortSignal.timeout(Math.max(0, Math.min(limit, (current.getStore()?.deadline ?? Infinity) - Date.now())));
    for (;;) {
      const over = this.over(); // 終わったあとに届いているものも見る
      const value = condition();
      if (value !== undefined) return value;
      if (over) this.fail(done, expected, over);
      if (signal.aborted) this.fail(done, expected, this.waited());
      await once(this, "change", { signal }).catch(() => {});
    }
  }

  /**
   * 「したこと・期待・実際」と今の様子を添えて失敗する。
   * @throws {Failure} いつも
   */
  fail(done: string, expected: string, saw: string): never {
    throw new Failure(`したこと: ${done}\n期待: ${expected}\n実際: ${saw}\n${this.situation()}`);
  }
}
