// 1つのレッスンの採点: 検査を、部分 (サーバ、クライアント、合わせるもの) ごとにまとめて行う
import { dirname } from "node:path";
import { isFolder, lookalike } from "../files.ts";
import { Failure, plainFailure, type Report } from "../report/failure.ts";
import { CheckTools, hurry, patience } from "./check-tools.ts";
import type { Check, Failures, Lesson, Part } from "./lesson.ts";

/** 採点のしかた */
export type GradingOptions = {
  /** 値を決める数。同じなら、同じ値を送り、打つ */
  seed: number;
  /** もとの提出フォルダ。報告では、写しの場所の代わりに、これを言う */
  home?: string;
  /** tsx なしで動かせると分かっている (早く始められる。launch.ts の LaunchOptions) */
  plain?: boolean;
  /** 1つのことを待つ限度 (ms)。なければ patience */
  limit?: number;
  /** クライアントを動かす筋書きの番号 (0 から)。なければ、みな */
  script?: number;
  /** サーバが初めのメッセージに答えると分かっている (サーバの検査を待たずに、合わせられる) */
  sureToReply?: boolean;
};

/** 1つの提出フォルダの、1つのレッスンの採点 */
export class Grading {
  lesson: Lesson;
  options: GradingOptions;
  private folder: string;
  private examined = new Map<Part, Promise<Failures>>();
  /** 待ちきれなかったことのある部分。あとは、長くは待たない */
  private hung = new Set<Part>();

  /** @param folder 提出された、レッスンのフォルダ */
  constructor(lesson: Lesson, folder: string, options: GradingOptions) {
    this.lesson = lesson;
    this.folder = folder;
    this.options = options;
  }

  /**
   * 検査を1つ行う。同じ部分の検査は、初めの1つのときに、みな行われる。
   * @throws {Failure} 合格でないとき、試せないとき
   */
  async run({ id, part }: Check): Promise<void> {
    this.lookForFolder(part);
    const failure = (await this.examine(part))[id];
    if (!failure) return;
    failure.report = { ...this.atHome(failure.report), part };
    throw failure;
  }

  /** 報告の中の、写しの場所を、もとの場所にする */
  private atHome(report: Report): Report {
    const written = (path: string) => JSON.stringify(path).slice(1, -1);
    const { home } = this.options;
    return home ? JSON.parse(JSON.stringify(report).replaceAll(written(dirname(this.folder)), written(home))) : report;
  }

  /** 1つの部分の検査を、みな行う。2度目からは、その結果 */
  examine(part: Part): Promise<Failures> {
    if (!this.examined.has(part)) this.examined.set(part, this.lesson.examine[part](this));
    return this.examined.get(part)!;
  }

  /** @throws {Failure} 提出フォルダに、レッスンのフォルダがないとき */
  private lookForFolder(part: Part) {
    const { name } = this.lesson;
    if (isFolder(this.folder)) return;
    const near = lookalike(dirname(this.folder), [name]);
    const failure = plainFailure("フォルダを探す", `${name} がある`, `フォルダがありません: ${name}${near}`);
    failure.report.part = part;
    throw failure;
  }

  /** 道具を用意する。使い終わったら putAway で片付ける */
  tools(part: Part): CheckTools {
    const { limit = patience, plain } = this.options;
    return new CheckTools(this.lesson, this.folder, { limit: this.hung.has(part) ? hurry : limit, plain });
  }

  /** 動かしたものを、手で動かすときのように Ctrl-C で終わらせ、片付ける */
  async putAway(part: Part, { session }: CheckTools) {
    if (session.hung) this.hung.add(part);
    await session.interrupt();
    await session.end();
  }

  /** 道具を用意して body を行い、片付ける */
  async withTools<T>(part: Part, body: (tools: CheckTools) => Promise<T>): Promise<T> {
    const tools = this.tools(part);
    try {
      return await body(tools);
    } finally {
      await this.putAway(part, tools);
    }
  }
}

/** body の失敗を、値として得る。採点の間違い (ほかのエラー) は、そのまま投げる。 @returns うまくいけば undefined */
export async function failing(body: () => Promise<unknown>): Promise<Failure | undefined> {
  try {
    await body();
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
