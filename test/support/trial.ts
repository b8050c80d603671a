import { EventEmitter, once } from "node:events";

/** 検査が失敗したことを、読む人の言葉だけで表すエラー (スタックトレースは付けない) */
export class Failure extends Error {
  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}

/** 時計が進む間隔 (ms) */
const tick = 50;

/**
 * 1つの検査 (または1つのテスト) の、持ち時間と後片付け。
 * 時計は、このプロセスが動けた分だけ進む。機械が混んでいて動けない間は、提出したものにも時間を与える
 */
export class Trial {
  /** 始まってからの時間 (ms) */
  clock = 0;
  deadline: number;
  private watched = new Set<Watched>();
  private timer: NodeJS.Timeout;
  private cleanups: (() => unknown)[] = [];

  /** @param patience 持ち時間 (ms) */
  constructor(patience: number) {
    this.deadline = patience;
    const advance = () => {
      this.clock += tick;
      for (const one of this.watched) one.emit("change");
    };
    this.timer = setInterval(() => setImmediate(advance), tick); // もう届いているものを、先に受け取る
  }

  /** 時計が進むたびに、"change" を出してもらう */
  watch(watched: Watched) {
    this.watched.add(watched);
  }

  /** 持ち時間に数えずに待つ。node と変換の道具が動き始めるまでの時間は、提出したもののせいではない */
  async uncounted<T>(waiting: Promise<T>): Promise<T> {
    const before = this.clock;
    try {
      return await waiting;
    } finally {
      this.deadline += this.clock - before;
    }
  }

  /** 後片付けを、終わりに予約する */
  atEnd(cleanup: () => unknown) {
    this.cleanups.push(cleanup);
  }

  /** 後片付けをする */
  async end() {
    await Promise.all(this.cleanups.splice(0).map((cleanup) => cleanup()));
    clearInterval(this.timer);
  }
}

/** 何かが起きるたびに "change" を出すもの。プログラムと接続に共通の待ち方 */
export abstract class Watched extends EventEmitter {
  trial: Trial;

  constructor(trial: Trial) {
    super();
    this.setMaxListeners(0);
    this.trial = trial;
    trial.watch(this);
  }

  /** 失敗を知らせるときに添える、今の様子。終わりかけのプログラムなら、最後の言葉を待ってから */
  abstract situation(): Promise<string>;

  /** これ以上は何も起きないなら、その訳 (例: プログラムが終わった)。まだなら undefined */
  abstract over(): string | undefined;

  /** 待ちきれなかったときに、見たこととして知らせる言葉 */
  waited(): string {
    return "時間内にそうなりませんでした";
  }

  /**
   * 条件が成り立つまで、何かが起きるたびに確かめて待つ。
   * @param condition 成り立てば undefined 以外を返す関数。その値が結果になる
   * @param done したこと (失敗したときに見せる)
   * @param expected 期待すること (失敗したときに見せる)
   * @param options.limit 待つ限度 (ms)。なければ、残りの持ち時間
   * @param options.saw 失敗したときに、見たこととして知らせる言葉。なければ、over() か waited()
   * @throws {Failure} 成り立つ見込みがなくなったとき、または限度まで待ったとき
   */
  async until<T>(
    condition: () => T | undefined,
    done: string,
    expected: string,
    { limit, saw }: { limit?: number; saw?: () => string | undefined } = {},
  ): Promise<T> {
    const { trial } = this;
    const deadline = limit === undefined ? trial.deadline : trial.clock + limit;
    for (;;) {
      const over = this.over(); // 終わったあとに届いているものも見る
      const value = condition();
      if (value !== undefined) return value;
      if (over || trial.clock >= deadline) await this.fail(done, expected, saw?.() ?? over ?? this.waited());
      await once(this, "change");
    }
  }

  /**
   * 何も起きないことを確かめる。ないことは、時間をかけて見るしかない。
   * @param happened 起きてはならないことが起きていれば、それを表す言葉を返す関数
   * @param ms 見ている長さ (ms)
   * @returns 起きたことを表す言葉。何も起きなければ undefined
   */
  async quiet(happened: () => string | undefined, ms: number): Promise<string | undefined> {
    const deadline = this.trial.clock + ms;
    while (!happened() && !this.over() && this.trial.clock < deadline) await once(this, "change");
    return happened();
  }

  /**
   * 「したこと・期待・実際」と今の様子を添えて失敗する。
   * @throws {Failure} いつも
   */
  async fail(done: string, expected: string, saw: string): Promise<never> {
    throw new Failure(`したこと: ${done}\n期待: ${expected}\n実際: ${saw}\n${await this.situation()}`);
  }
}
