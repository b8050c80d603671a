// 条件が成り立つまで待つこと、何も起きないのを確かめること (プログラムと接続に共通)
import { EventEmitter, once } from "node:events";
import type { Sight } from "../report/failure.ts";
import type { Session, Story } from "./session.ts";

/** 待ち方と、だめだったときに言うこと */
export type Wait = Story & {
  /** 待つ限度 (ms)。なければ session の patience */
  limit?: number;
  /** 待ちきれなかったときに、見たこととして知らせること。なければ、終わり方か、時間が過ぎたこと */
  sight?: () => Sight | undefined;
};

/** 何かが起きるたびに "change" を出すもの。プログラムと接続に共通の待ち方 */
export abstract class Waitable extends EventEmitter {
  session: Session;

  constructor(session: Session) {
    super();
    this.setMaxListeners(0);
    this.session = session;
    session.clock.everyTick(() => this.emit("change"));
  }

  /** これ以上は何も起きないなら、その訳 (例: プログラムが終わった)。まだなら undefined */
  abstract over(): string | undefined;

  /** 待ちきれなかったときに、見たこととして知らせる言葉 */
  tired(): string {
    return "時間内にそうなりませんでした";
  }

  /**
   * 条件が成り立つまで、何かが起きるたびに確かめて待つ。
   * @param condition 成り立てば undefined 以外を返す関数。その値が結果になる
   * @throws {Failure} 成り立つ見込みがなくなったとき、または限度まで待ったとき
   */
  async until<T>(condition: () => T | undefined, wait: Wait): Promise<T> {
    const tooLong = this.session.clock.after(wait.limit ?? this.session.patience);
    for (;;) {
      const over = this.over(); // 終わったあとに届いているものも見る
      const value = condition();
      if (value !== undefined) return value;
      const late = tooLong();
      if (late) this.session.hung = true;
      if (over || late) await this.fail(wait, wait.sight?.(), over ?? this.tired());
      await once(this, "change");
    }
  }

  /**
   * 何も起きないことを確かめる。ないことは、時間をかけて見るしかない。
   * @param happened 起きてはならないことが起きていれば、それを返す関数
   * @param ms 見ている長さ (ms)
   * @returns 起きたこと。何も起きなければ undefined
   */
  async quiet<T>(happened: () => T | undefined, ms: number): Promise<T | undefined> {
    const enough = this.session.clock.after(ms);
    while (happened() === undefined && !this.over() && !enough()) await once(this, "change");
    return happened();
  }

  /**
   * これのこととして失敗する。引数は session.fail と同じ
   * @throws {Failure} いつも
   */
  fail(story: Story, sight: Sight | undefined, otherwise?: string): Promise<never> {
    return this.session.fail(story, sight, otherwise, this);
  }
}
