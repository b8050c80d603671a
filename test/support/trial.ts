import { Failure, type Output, type Sight } from "./failure.ts";
import { slipIn } from "./crash.ts";
import { knowsDelays } from "./processes.cjs";

/** 時計が進む間隔 (ms) */
const tick = 50;

/** 失敗を知らせるときに言うこと */
export type Story = {
  /** したこと */
  done: string;
  /** 期待すること */
  expected: string;
  /** 期待する行 (表示を調べるとき) */
  lines?: string[];
};

/** trial が見るもの: 動かしたプログラム */
export type Watchable = {
  output(): Output;
  /** CPU が空くのを待っていた時間の合計 (ms) */
  starved(): number;
  /** 終わりかけかもしれないときに、終わりを待つ */
  settle(): Promise<void>;
};

/**
 * 1つの検査 (または1つのテスト) の、時計と後片付け。機械が混んでいても判定が変わらないように、時計は、
 * 動かしたプログラムが CPU を待っていた時間を除いて進む。それが分からないシステムでは、このプロセスが動けた分だけ進む
 */
export class Trial {
  /** 1つのことを待つ限度 (ms) */
  patience: number;
  /** これまでにあったこと。失敗したときに見せる */
  before: string[] = [];
  programs: Watchable[] = [];
  /** どれかの接続が閉じられた。プログラムが終わりかけているかもしれない */
  disconnected = false;
  ended = false;
  private clock = 0;
  private caughtUp = performance.now();
  private timer: NodeJS.Timeout;
  private onTick = new Set<() => void>();
  private cleanups: (() => unknown)[] = [];

  /** @param patience 1つのことを待つ限度 (ms) */
  constructor(patience: number) {
    this.patience = patience;
    const advance = () => {
      if (knowsDelays) this.catchUp();
      else this.clock += tick;
      for (const one of this.onTick) one();
    };
    this.timer = setInterval(() => setImmediate(advance), tick); // もう届いているものを、先に受け取る
  }

  /** 時計を今に合わせる。採点を止めておいた時間 (Ctrl-Z) は数えない */
  private catchUp() {
    const passed = performance.now() - this.caughtUp;
    this.caughtUp += passed;
    this.clock += Math.min(passed, 10 * tick);
  }

  /**
   * 今から ms たったかを答える関数を作る。
   * @param ms 長さ (ms)
   */
  after(ms: number): () => boolean {
    const starved = () => this.programs.reduce((sum, program) => sum + program.starved(), 0);
    if (knowsDelays) this.catchUp(); // 動けなかった間の遅れを、これから待つ時間に入れない
    const from = this.clock - starved();
    // CPU を待っていた時間を調べるのは、たったかもしれないときだけ
    return () => this.clock - from >= ms && this.clock - starved() - from >= ms;
  }

  /** 時計が進むたびに呼んでもらう */
  everyTick(call: () => void) {
    this.onTick.add(call);
  }

  /** 後片付けを、終わりに予約する */
  atEnd(cleanup: () => unknown) {
    this.cleanups.push(cleanup);
  }

  /** 後片付けをする */
  async end() {
    this.ended = true;
    await Promise.all(this.cleanups.splice(0).map((cleanup) => cleanup()));
    clearInterval(this.timer);
  }

  /**
   * 失敗する。
   * @param sight 見たこと。undefined なら otherwise。プログラムがエラーで終わっていれば、まずそれを言う
   * @param about どれか1つのプログラムのことなら、それ。ほかの出力は、エラーのあるものだけを見せる
   * @throws {Failure} いつも
   */
  async fail(story: Story, sight: Sight | undefined, otherwise = "", about?: object): Promise<never> {
    const { done, expected, lines } = story;
    const ending = this.programs.filter((program) => this.disconnected || /Error/.test(program.output().stderr));
    await Promise.all(ending.map((program) => program.settle()));
    const [known] = this.programs.filter((program) => program === about);
    const others = this.programs.filter((program) => program !== known && (!known || program.output().stderr));
    const outputs = [known, ...others].flatMap((program) => program?.output() ?? []);
    const fault = outputs.find(({ fault }) => fault)?.fault;
    const seen = fault ? faulty(fault, sight) : (sight ?? { saw: otherwise });
    const words = [seen.saw, seen.differs?.actual, ...outputs.map(({ stderr }) => stderr)].join("\n");
    const hint = seen.hint ?? slipIn(words.replaceAll(/^.{500,}$/gm, "")); // 長い行は、変換の道具の中身
    throw new Failure({ done, expected, lines, before: this.before, ...seen, hint, outputs });
  }
}

/** エラーで終わったことを先に言う。それで途切れただけの表示は、比べない */
function faulty(fault: string, sight: Sight | undefined): Sight {
  if (!sight || (sight.differs && sight.differs.actual === undefined)) return { saw: fault };
  return { ...sight, saw: `${fault}。${sight.saw}` };
}
