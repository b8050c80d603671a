// 1つの検査の間に動かすものと、時計と、後片付け。失敗の報告も、ここで組み立てる
import { explained } from "../report/explain.ts";
import { Failure, type Output, type Sight } from "../report/failure.ts";
import { Clock, type Delayed } from "./clock.ts";
import { endAll, type Launched } from "./end-all.cjs";

/** 失敗を知らせるときに言うこと */
export type Story = {
  /** したこと */
  done: string;
  /** 期待すること */
  expected: string;
  /** 期待する行 (表示を調べるとき) */
  lines?: string[];
};

/** 動かしたプログラム */
type Running = Delayed & {
  launched: Launched;
  output(): Output;
  /** 終わりかけなら、最後の言葉まで聞く。 @param ms 待つ限度 (ms) */
  settle(ms: number): Promise<void>;
  /** Ctrl-C で終わらせる */
  interrupt(): Promise<void>;
};

/** 1つの検査 (または1つのテスト) の間に動かすもの。時計が1つあり、終わりにみな片付ける */
export class Session {
  /** 1つのことを待つ限度 (ms) */
  patience: number;
  /** これまでにあったこと。失敗したときに見せる */
  before: string[] = [];
  programs: Running[] = [];
  clock = new Clock(this.programs);
  /** どれかの接続が閉じられた。プログラムが終わりかけているかもしれない */
  disconnected = false;
  ended = false;
  /** 限度まで待っても、起きなかったことがある */
  hung = false;
  private cleanups: (() => unknown)[] = [];

  /** @param patience 1つのことを待つ限度 (ms) */
  constructor(patience: number) {
    this.patience = patience;
  }

  /** 後片付けを、終わりに予約する */
  atEnd(cleanup: () => unknown) {
    this.cleanups.push(cleanup);
  }

  /** 動いているものを、Ctrl-C で終わらせてみる */
  async interrupt() {
    await Promise.all(this.programs.map((program) => program.interrupt()));
  }

  /** 動かしたものを残らず終わらせ、後片付けをする */
  async end() {
    this.ended = true;
    endAll(this.programs.map(({ launched }) => launched));
    await Promise.all(this.cleanups.splice(0).map((cleanup) => cleanup()));
    this.clock.stop();
  }

  /**
   * 失敗する。
   * @param sight 見たこと。undefined なら otherwise
   * @param about どれか1つのプログラムのことなら、それ。ほかの出力は、エラーのあるものだけを見せる
   * @throws {Failure} いつも
   */
  async fail(story: Story, sight: Sight | undefined, otherwise = "", about?: object): Promise<never> {
    const { done, expected, lines } = story;
    const ending = ({ stderr }: Output) => this.disconnected || /Error/.test(stderr);
    await Promise.all(this.programs.map((program) => program.settle(ending(program.output()) ? 1000 : 300)));
    const [known] = this.programs.filter((program) => program === about);
    const others = this.programs.filter((program) => program !== known && (!known || program.output().stderr));
    const outputs = [known, ...others].flatMap((program) => program?.output() ?? []);
    const seen = explained(sight, otherwise, outputs);
    throw new Failure({ done, expected, lines, before: [...this.before], ...seen, outputs });
  }
}
