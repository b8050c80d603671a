// 検査1つのための道具: 提出されたサーバやクライアントを動かす、値、時計と後片付け
import { join } from "node:path";
import type { LaunchOptions } from "../process/launch.ts";
import { Program } from "../process/program.ts";
import { Session } from "../process/session.ts";
import { Values } from "./random-values.ts";
import { connect } from "../process/peer.ts";
import type { Facts } from "./lesson.ts";
import { Conversation } from "./ask-server.ts";

/** 採点のしかた */
export type GradingOptions = {
  /** 1つのことを待つ限度 (ms)。なければ patience */
  limit?: number;
  /** tsx なしで動かせると分かっている (早く始められる。launch.ts の LaunchOptions) */
  plain?: boolean;
  /** クライアントを動かす筋書きの、初めのいくつか。なければ、みな */
  scripts?: number;
  /** サーバが初めのメッセージに答えると分かっている (確かめずに、ほかの検査を始められる) */
  sureToReply?: boolean;
};

/** 1つのことを待つ限度 (ms) */
export const patience = 5000;

/** ほかの番号で待ち始めたサーバに、教科書の番号でも待つ時間を与える長さ (ms) */
const grace = 1000;

/** 検査1つの道具: 提出されたプログラムを動かす */
export class CheckTools {
  lesson: Facts;
  values: Values;
  session: Session;
  private folder: string;
  private plain?: boolean;

  /**
   * @param folder レッスンのフォルダ
   * @param name 検査か、検査の組の名前
   */
  constructor(lesson: Facts, folder: string, name: string, { limit = patience, plain }: GradingOptions) {
    this.lesson = lesson;
    this.folder = folder;
    this.plain = plain;
    this.values = new Values(name);
    this.session = new Session(limit);
  }

  /**
   * サーバを手で動かすときと同じに (PORT なしで) 動かし、教科書のポートで待つのを待つ。
   * @throws {Failure} 教科書のポートで待たないとき
   */
  async startServer() {
    const program = await this.start("server.ts", { anyPort: true });
    return { program, server: await program.listens(this.lesson.port) };
  }

  /**
   * サーバを動かし、つなぐ。どのポートで待つかは問わない (それは別の検査が問う)。
   * @throws {Failure} 待たないとき、つなげないとき
   */
  async startAndConnect() {
    const program = await this.start("server.ts", { PORT: this.lesson.port, anyPort: true });
    const done = { done: `${program.name} を起動する`, expected: "接続を待つ" };
    await program.until(() => program.listened[0], done);
    const right = () => program.listened.find(({ asked }) => asked === this.lesson.port);
    const asked = (await program.quiet(right, grace))?.asked ?? program.listened[0].asked;
    const server = await program.listens(asked);
    return { program, server, client: new Conversation(await connect(server, this.session)) };
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
