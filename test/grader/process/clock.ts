// 待つ時間を計る時計。混んだ機械で、プログラムが CPU を待っていた時間は数えない
import { knowsDelays } from "./system.cjs";

/** 時計が進む間隔 (ms) */
const tick = 50;

/** CPU が空くのを待っていた時間の分かるもの */
export type Delayed = {
  /** CPU が空くのを待っていた時間の合計 (ms) */
  delayed(): number;
};

/**
 * 機械が混んでいても判定が変わらないように、動かしたプログラムが CPU を待っていた時間を除いて進む時計。
 * それが分からないシステムでは、このプロセスが動けた分だけ進む
 */
export class Clock {
  private now = 0; // ms
  private caughtUp = performance.now();
  private timer: NodeJS.Timeout;
  private onTick = new Set<() => void>();
  private running: readonly Delayed[];

  /** @param running 動かしたもの。あとから増えてもよい */
  constructor(running: readonly Delayed[]) {
    this.running = running;
    const advance = () => {
      if (knowsDelays) this.catchUp();
      else this.now += tick;
      for (const one of this.onTick) one();
    };
    this.timer = setInterval(() => setImmediate(advance), tick); // もう届いているものを、先に受け取る
  }

  /** 今に合わせる。このプロセスが止められていた時間 (Ctrl-Z) は、半秒までしか数えない */
  private catchUp() {
    const passed = performance.now() - this.caughtUp;
    this.caughtUp += passed;
    this.now += Math.min(passed, 10 * tick);
  }

  /**
   * 今から ms たったかを答える関数を作る。
   * @param ms 長さ (ms)
   */
  after(ms: number): () => boolean {
    const delayed = () => this.running.reduce((sum, one) => sum + one.delayed(), 0);
    if (knowsDelays) this.catchUp(); // 動けなかった間の遅れを、これから待つ時間に入れない
    const from = this.now - delayed();
    // CPU を待っていた時間を調べるのは、たったかもしれないときだけ
    return () => {
      if (knowsDelays) this.catchUp();
      return this.now - from >= ms && this.now - delayed() - from >= ms;
    };
  }

  /** 進むたびに呼んでもらう */
  everyTick(call: () => void) {
    this.onTick.add(call);
  }

  /** 止める */
  stop() {
    clearInterval(this.timer);
  }
}
