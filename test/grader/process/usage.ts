// 動いているプログラムが使っているメモリ (使ってよい限度も) と、CPU を待っていた時間
import { delays, memory, tree } from "./system.cjs";

/** プログラムが使ってよいメモリ (バイト) */
export const memoryLimit = 2 ** 30;

/** 動いているプログラム (と子孫) の、CPU が空くのを待っていた時間と、使っているメモリ */
export class Usage {
  private pid: number;
  /** CPU が空くのを待っていた時間の合計 (ms)、前に見た時刻、スレッドごとの、そのときの値 (ms) */
  private total = 0;
  private lookedAt = 0;
  private last = new Map<string, number>();

  constructor(pid: number) {
    this.pid = pid;
  }

  /**
   * 今の様子を見ておく。スレッドが終わると、待っていた時間は分からなくなるので、ときどき呼ぶ。
   * @returns 使ってよいより多くのメモリを使っているか
   */
  sample(): boolean {
    const pids = tree(this.pid);
    this.addDelays(pids);
    return memory(pids) > memoryLimit;
  }

  /**
   * CPU が空くのを待っていた時間
   * @returns 合計 (ms)
   */
  delayed(): number {
    // 何度も聞かれる。調べるのは、時計が1つ進む間に多くて1回
    if (performance.now() - this.lookedAt > 50) this.addDelays(tree(this.pid));
    return this.total;
  }

  private addDelays(pids: number[]) {
    this.lookedAt = performance.now();
    for (const [thread, ms] of delays(pids)) {
      this.total += Math.max(0, ms - (this.last.get(thread) ?? 0));
      this.last.set(thread, ms);
    }
  }
}
