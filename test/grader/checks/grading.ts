// 1つのレッスンの採点: 検査を行い、先に落ちた検査のために試せないものを決める
import { dirname } from "node:path";
import { Failure, plainFailure, untried } from "../report/failure.ts";
import { isFolder, lookalike } from "../files.cjs";
import { CheckTools, type GradingOptions } from "./check-tools.ts";
import type { Check, Lesson } from "./lesson.ts";

/** 1つの提出フォルダの、1つのレッスンの採点。いくつもの検査が使うことは、1回だけ行う */
export class Grading {
  lesson: Lesson;
  private folder: string;
  options: GradingOptions;
  private results = new Map<object, Promise<any>>();

  /** @param folder 提出された、レッスンのフォルダ */
  constructor(lesson: Lesson, folder: string, options: GradingOptions = {}) {
    this.lesson = lesson;
    this.folder = folder;
    this.options = options;
  }

  /**
   * 検査を1つ行う。
   * @throws {Failure} 合格でないとき、試せないとき
   */
  run(check: Check): Promise<void> {
    return this.memo(check, async () => {
      try {
        this.lookForFolder();
        if (check.opening) await this.listened();
        if (check.needsReply && !this.options.sureToReply) await this.answered();
        await check.run(this);
      } catch (error) {
        if (error instanceof Failure) error.report.part = check.part;
        throw error;
      }
    });
  }

  /** 同じ key では1回だけ行い、どこから何度聞かれても、その結果を返す */
  memo<T>(key: object, perform: () => Promise<T>): Promise<T> {
    if (!this.results.has(key)) this.results.set(key, perform());
    return this.results.get(key)!;
  }

  /** @throws {Failure} 提出フォルダに、レッスンのフォルダがないとき */
  private lookForFolder() {
    const { name } = this.lesson;
    const near = lookalike(dirname(this.folder), [name]);
    if (!isFolder(this.folder))
      throw plainFailure("フォルダを探す", `${name} がある`, `フォルダがありません: ${name}${near}`);
  }

  /** 起動の検査が始まっていれば、終わりを待つ。 @throws {Failure} サーバが、どこでも待ち始めないとき */
  private async listened() {
    const starting = this.lesson.checks.find(({ starting }) => starting)!;
    await this.results.get(starting)?.catch((error) => untriedAfter(error, "サーバが待ち始めないので"));
  }

  /** サーバが、初めのメッセージに答えるのを待つ。 @throws {Failure} 答えないとき */
  private async answered() {
    const opening = this.lesson.checks.find(({ opening }) => opening)!;
    await this.run(opening).catch((error) => untriedAfter(error, "サーバが、初めのメッセージに答えないので"));
  }

  /**
   * 道具を用意して body を行い、後片付けをする。
   * @param name 検査か、検査の組の名前。値はこれで決まる
   */
  async withTools<T>(name: string, body: (tools: CheckTools) => Promise<T>): Promise<T> {
    const tools = new CheckTools(this.lesson, this.folder, name, this.options);
    try {
      return await body(tools);
    } finally {
      await tools.session.end();
    }
  }
}

/**
 * 先の検査のために、試せないなら、そう言う。
 * @param why その検査が、エラーで終わったのでも、試さなかったのでもないときの訳
 * @throws {Failure} 試せないとき
 */
function untriedAfter(error: unknown, why: string) {
  if (!(error instanceof Failure)) throw error;
  const { report } = error;
  if (!report.noReply) return;
  if (report.untried) throw new Failure({ ...report });
  const crashed = report.outputs.some(({ crash }) => crash);
  const failure = untried(crashed ? "サーバがエラーで終わるので" : why);
  failure.report.noReply = true;
  throw failure;
}
