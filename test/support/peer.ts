import { once } from "node:events";
import net from "node:net";
import type { Program } from "./program.ts";
import { Watched, type Trial } from "./trial.ts";
import { quote } from "./words.ts";

/** テストが手で動かす接続1つ。受け取ったものをためておく */
export class Peer extends Watched {
  received = "";
  /** 相手が送り終えた (FIN)、または接続が切れた */
  closed = false;
  /** 接続が切れた理由 (ECONNRESET など) */
  error: string | undefined;
  socket: net.Socket;
  private program: Program;

  /**
   * @param socket 動かす接続
   * @param program 接続の向こうのプログラム (失敗したときに表示を見せる)
   */
  constructor(socket: net.Socket, program: Program) {
    super(program.trial);
    this.socket = socket;
    this.program = program;
    this.trial.atEnd(() => socket.destroy());
    const changed = () => this.emit("change");
    socket.setEncoding("utf8").on("data", (text) => ((this.received += text), changed()));
    socket.on("error", (error: NodeJS.ErrnoException) => (this.error = error.code));
    for (const event of ["end", "close"]) socket.on(event, () => ((this.closed = true), changed()));
    program.on("change", changed);
  }

  // プログラムが終われば接続も切れるので、接続だけを見る。どちらを先に知るかで、言葉が変わらない
  over() {
    if (this.closed) return this.error ? `接続が切れました (${this.error})` : "接続が閉じられました";
  }

  waited() {
    return "時間内に何も届きませんでした";
  }

  async situation() {
    if (this.closed) await this.program.quiet(() => this.program.over(), 500); // 終わりかけなら、最後の言葉まで聞く
    return this.program.situation();
  }

  /** 送る。文字列は UTF-8 にする */
  send(data: string | Uint8Array) {
    this.socket.write(data);
  }

  /**
   * ちょうどこれだけが届くまで待ち、受け取ったものを空にする。
   * @param expected 届くはずの文字列
   * @param done したこと (失敗したときに見せる)
   * @throws {Failure} 違うものが届いたとき、届く前に閉じられたとき、限度まで待ったとき
   */
  async gets(expected: string, done: string) {
    const wrong = () => (expected.startsWith(this.received) ? undefined : this.saw());
    await this.until(() => wrong() ?? (this.received === expected || undefined), done, `${quote(expected)}が届く`, { saw: () => this.saw() });
    if (wrong()) await this.fail(done, `${quote(expected)}が届く`, wrong()!);
    this.received = "";
  }

  /** 届いたもの (失敗したときに見せる)。何も届いていなければ undefined */
  saw() {
    return this.received ? `${quote(this.received)}が届きました` : undefined;
  }

  /** 送って、答えがちょうど届くまで待つ。引数と例外は gets と同じ */
  async asks(message: string, expected: string) {
    this.send(message);
    await this.gets(expected, `${quote(message)}を送り、接続を開いたまま返事を待つ`);
  }

  /**
   * 相手が閉じるまで待つ。
   * @returns それまでに届いたもの
   * @throws {Failure} 限度まで待っても閉じないとき
   */
  async closes() {
    await this.until(() => this.closed || undefined, "相手が閉じるのを待つ", "接続が閉じられる");
    return this.received;
  }

  /** 送り終えて (close と同じ)、こちらからの接続を終える */
  leave() {
    this.socket.destroy();
  }
}

/**
 * プログラムのサーバにつなぐ。
 * @param server つなぐ先 (listens() の結果)
 * @param program そのサーバ (失敗したときに表示を見せる)
 * @throws {Failure} つなげないとき
 */
export async function connect(server: { host: string; port: number }, program: Program, allowHalfOpen = false) {
  const peer = new Peer(net.connect({ ...server, allowHalfOpen }), program);
  let connected = false;
  peer.socket.once("connect", () => ((connected = true), peer.emit("change")));
  await peer.until(() => connected || undefined, "サーバに接続する", "接続できる");
  return peer;
}

/** テストが手で動かすサーバ。空いているポートで待つ */
export async function listen(trial: Trial) {
  const server = net.createServer().listen(0, "127.0.0.1");
  trial.atEnd(() => server.close());
  await once(server, "listening");
  const waiting: net.Socket[] = [];
  server.on("connection", (socket) => {
    waiting.push(socket);
    server.emit("change");
  });
  return {
    port: (server.address() as net.AddressInfo).port,
    /**
     * 次の接続を待つ。
     * @param program つないでくるプログラム
     * @throws {Failure} つながる前に終わったとき、限度まで待ったとき
     */
    async accept(program: Program) {
      const changed = () => program.emit("change");
      server.on("change", changed);
      try {
        const socket = await program.until(() => waiting.shift(), "テストのサーバで接続を待つ", "クライアントが接続する");
        return new Peer(socket, program);
      } finally {
        server.off("change", changed);
      }
    },
  };
}
