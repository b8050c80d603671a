// 動いているプログラムが使っているメモリ (使ってよい限度も) と、CPU を待っていた時間
import { memory, threadTimes, tree } from "./system.cjs";

/** プログラムが使ってよいメモリ (バイト) */
export const memoryLimit = 2 ** 30;

/** 動いているプログラム (と子孫) の、CPU が空くのを待っていた時間と、使っているメモリと CPU */
export class Usage {
  private pid: number;
  /** CPU が空くのを待っていた時間の合計 (ms)、前に見た時刻、スレッドごとの、そのときの値 (ms) */
  private total = 0;
  private lookedAt = 0;
  private last = new Map<string, number>();
  /** 前に CPU を見た時刻と、そのときの、使った CPU と待っていた時間の合計 (ms) */
  private before = { at: performance.now(), ran: 0, total: 0 };
  /** CPU を使い続けていた、続けて見た回数 */
  private busyTimes = 0;

  constructor(pid: number) {
    this.pid = pid;
  }

  /**
   * 今の様子を見ておく。スレッドが終わると、待っていた時間は分からなくなるので、ときどき呼ぶ。
   * @returns 使ってよいより多くのメモリを使っているか
   */
  sample(): boolean {
    const pids = tree(this.pid);
    const now = { at: performance.now(), ran: this.look(pids), total: this.total };
    const able = now.at - this.before.at - (now.total - this.before.total); // 動けた時間
    this.busyTimes = able > 0 && now.ran - this.before.ran > 0.9 * able ? this.busyTimes + 1 : 0;
    this.before = now;
    return memory(pids) > memoryLimit;
  }

  /** このところ、CPU を休みなく使っているか */
  busy(): boolean {
    return this.busyTimes >= 3;
  }

  /**
   * CPU が空くのを待っていた時間
   * @returns 合計 (ms)
   */
  delayed(): number {
    // 何度も聞かれる。調べるのは、時計が1つ進む間に多くて1回
    if (performance.now() - this.lookedAt > 50) this.look(tree(this.pid));
    return this.total;
  }

  /** 待っていた時間を足す。 @returns 今あるスレッドが使った CPU (ms) */
  private look(pids: number[]): number {
    this.lookedAt = performance.now();
    let used = 0;
    for (const { thread, ran, delayed } of threadTimes(pids)) {
      used += ran;
      this.total += Math.max(0, delayed - (this.last.get(thread) ?? 0));
      this.last.set(thread, delayed);
    }
    return used;
  }
}
