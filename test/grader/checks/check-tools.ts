// 検査のための道具: 提出されたサーバやクライアントを動かす、時計と後片付け
import { join } from "node:path";
import type { LaunchOptions } from "../process/launch.ts";
import type { Listening } from "../process/notices.ts";
import { Program } from "../process/program.ts";
import { Session } from "../process/session.ts";
import type { Facts } from "./lesson.ts";

/** 1つのことを待つ限度 (ms) */
export const patience = 5000;

/** 待ちきれなかったことのあるプログラムを、そのあとで待つ限度 (ms) */
export const hurry = 1000;

/** ほかの番号で待ち始めたサーバに、教科書の番号でも待つ時間を与える長さ (ms) */
const grace = 1000;

/** 動いているサーバと、つなぐ先 */
export type Listener = { program: Program; at: Listening };

/** 検査の道具: 提出されたプログラムを動かす */
export class CheckTools {
  lesson: Facts;
  session: Session;
  private folder: string;
  private plain?: boolean;

  /** @param folder レッスンのフォルダ */
  constructor(lesson: Facts, folder: string, { limit, plain }: { limit: number; plain?: boolean }) {
    this.lesson = lesson;
    this.folder = folder;
    this.plain = plain;
    this.session = new Session(limit);
  }

  /**
   * サーバを手で動かすときと同じに (PORT なしで) 動かす。教科書のものでないポートで待つなら、そこにつなぐ。
   * @throws {Failure} どこでも待ち始めないとき
   */
  async startServer(): Promise<Listener> {
    const program = await this.start("server.ts", { anyPort: true });
    const { port } = this.lesson;
    const right = () => program.listened.find(({ asked }) => asked === port);
    await program.until(() => program.listened[0], program.waitsFor(port));
    const at = (await program.quiet(right, grace)) ?? program.listened.find(({ path }) => !path);
    return at ? { program, at } : program.missesPort(port);
  }

  /**
   * クライアントを、どのポートにつないでもテストのサーバにつながるように動かす。
   * @param port テストのサーバのポート番号
   */
  startClient(port: number) {
    return this.start("client.ts", { PORT: this.lesson.port, connectTo: port });
  }

  /**
   * クライアントを手で動かすときと同じに (PORT なしで) 動かす。教科書のポートの先には、提出されたサーバがいる。
   * @param port 提出されたサーバの本当のポート番号
   */
  startClientByHand(port: number) {
    return this.start("client.ts", { connectTo: { [this.lesson.port]: port } });
  }

  private start(file: string, options: LaunchOptions) {
    const { plain } = this;
    return Program.start(this.session, join(this.folder, file), { ...options, plain, terminal: true });
  }
}
