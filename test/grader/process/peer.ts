// テストが手で動かす接続: プログラムのサーバにつなぐ側と、プログラムのクライアントを待つ側
import { once } from "node:events";
import net from "node:net";
import type { Sight } from "../report/failure.ts";
import type { Program } from "./program.ts";
import { quote } from "../report/render.ts";
import type { Session } from "./session.ts";
import { Waitable } from "./waitable.ts";

/** これより間が空けば、続けて送ったものではない (ms) */
const pause = 30;

/** 接続1つ。受け取ったものをためておく */
export class Peer extends Waitable {
  received = "";
  /** 届いたもの。間を置いて届いたものは、分けて */
  pieces: string[] = [];
  /** 相手が送り終えた (FIN)、または接続が切れた */
  closed = false;
  /** 接続が切れた理由 (ECONNRESET など) */
  error: string | undefined;
  socket: net.Socket;

  constructor(socket: net.Socket, session: Session) {
    super(session);
    this.socket = socket;
    session.atEnd(() => socket.destroy());
    const changed = () => this.emit("change");
    let paused = () => true;
    socket.setEncoding("utf8").on("data", (text: string) => {
      this.received += text;
      if (paused()) this.pieces.push(text);
      else this.pieces[this.pieces.length - 1] += text;
      paused = session.clock.after(pause);
      changed();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => (this.error = error.code));
    const closed = () => {
      this.closed = session.disconnected = true;
      changed();
    };
    socket.on("end", closed).on("close", closed);
  }

  over() {
    if (this.closed) return this.error ? `接続が切れました (${this.error})` : "接続が閉じられました";
  }

  tired() {
    return "時間内に何も届きませんでした";
  }

  /** 送る。文字列は UTF-8 にする */
  send(data: string | Uint8Array) {
    this.socket.write(data);
  }

  /** 届いたもの (失敗したときに見せる)。何も届いていなければ undefined */
  arrived(): Sight | undefined {
    return this.received ? { saw: `${quote(this.received)}が届きました`, arrived: true } : undefined;
  }

  /**
   * ちょうどこれだけが届くまで待ち、受け取ったものを空にする。
   * @param expected 届くはずの文字列
   * @param done したこと (失敗したときに見せる)
   * @throws {Failure} 違うものが届いたとき、届く前に閉じられたとき、限度まで待ったとき
   */
  async gets(expected: string, done: string) {
    const wait = { done, expected: `${quote(expected)}が届く`, sight: () => this.arrived() };
    const wrong = () => !expected.startsWith(this.received);
    await this.until(() => (this.received === expected || wrong()) || undefined, wait);
    if (wrong()) await this.fail(wait, this.arrived());
    this.received = "";
  }

  /** 送って、答えがちょうど届くまで待つ。引数と例外は gets と同じ */
  async exchange(message: string, expected: string) {
    this.send(message);
    await this.gets(expected, `${quote(message)}を送り、接続を開いたまま返事を待つ`);
  }

  /**
   * 相手が閉じるまで待つ。
   * @returns それまでに届いたもの
   * @throws {Failure} 限度まで待っても閉じないとき
   */
  async closes() {
    const sight = () => ({ saw: "接続が開いたままです" });
    const wait = { done: "相手が閉じるのを待つ", expected: "接続が閉じられる", sight };
    await this.until(() => this.closed || undefined, wait);
    return this.received;
  }

  /** 接続を、すぐに閉じる。まだ送り終えていないものは捨てる */
  leave() {
    this.socket.destroy();
  }
}

/**
 * プログラムのサーバにつなぐ。
 * @param server つなぐ先 (listens() の結果)
 * @param session この接続を使う検査。終わると、接続を切る
 * @throws {Failure} つなげないとき
 */
export async function connect({ host, port }: { host: string; port: number }, session: Session) {
  const peer = new Peer(net.connect({ host, port }), session);
  let connected = false;
  peer.socket.once("connect", () => ((connected = true), peer.emit("change")));
  const sight = () => (peer.over() ? undefined : { saw: "時間内につながりません" });
  await peer.until(() => connected || undefined, { done: "サーバに接続する", expected: "接続できる", sight });
  return peer;
}

/**
 * テストが手で動かすサーバ。空いているポートで待つ。
 * @param allowHalfOpen 真なら、相手が送り終えても、こちらは送れるままにする
 */
export async function listen(session: Session, allowHalfOpen = false) {
  const server = net.createServer({ allowHalfOpen }).listen(0, "127.0.0.1");
  session.atEnd(() => server.close());
  await once(server, "listening");
  const waiting: Peer[] = [];
  server.on("connection", (socket) => {
    waiting.push(new Peer(socket, session)); // 届いた時が分かるように、すぐに読み始める
    server.emit("change");
  });
  return {
    port: (server.address() as net.AddressInfo).port,
    /** まだ受け付けていない接続を、1つ受け付ける。なければ undefined */
    next: () => waiting.shift(),
    /**
     * 次の接続を待つ。
     * @param program つないでくるプログラム
     * @throws {Failure} つながる前に終わったとき、限度まで待ったとき
     */
    async accept(program: Program) {
      const changed = () => program.emit("change");
      server.on("change", changed);
      const wait = { done: "テストのサーバで接続を待つ", expected: "クライアントが接続する" };
      return program.until(() => waiting.shift(), wait).finally(() => server.off("change", changed));
    },
  };
}
