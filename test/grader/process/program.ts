// 子プロセスとして動くレッスンのファイル1つ: 起動し、打ち、表示と終わりを待つ
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Readable, Writable } from "node:stream";
import { isFile, lookalike } from "../files.ts";
import { crashOf, withoutTools } from "../report/crash.ts";
import { plainFailure, type Sight } from "../report/failure.ts";
import { listenOrder, whyStillRunning, type State } from "../report/hints.ts";
import { missingLine, wholeLines } from "../report/lines.ts";
import { quote } from "../report/render.ts";
import { brandProcess, type Launched } from "./end-all.cjs";
import { launch, shortName, type LaunchOptions } from "./launch.ts";
import { Notices } from "./notices.ts";
import type { Session } from "./session.ts";
import { takeStartSlot } from "./start-slots.ts";
import { startOf } from "./system.cjs";
import { Usage } from "./usage.ts";
import { Waitable } from "./waitable.ts";

/** Ctrl-C のあと、終わるのを待つ限度 (ms) */
const farewell = 500;
/** 終わったプログラムの最後の表示を待つ限度 (ms)。子プロセスが標準出力を持っていると、閉じられない */
const lastWords = 200;

/** node と変換の道具が動き始めるまで待つ限度 (ms) */
const startup = 60_000;
/** 1つの出力をためておく限度 (文字)。終わりなく出力するプログラムでも、ためこまない */
const capacity = 100_000;

/** 子プロセスとして動くレッスンのファイル1つ。打ち、表示と終わりを待つ */
export class Program extends Waitable {
  stdout = "";
  stderr = "";
  /** 終了コード。まだ動いていれば undefined、シグナルで終わったら null */
  code: number | null | undefined;
  name: string;
  private folder = mkdtempSync(join(process.env.TEST_FOLDER!, "run-"));
  private notices = new Notices(this.folder, () => this.emit("change")); // 起動より先に聞き始める
  private child: ChildProcess;
  private stdin: Writable;
  private usage: Usage;
  private startTime: number;
  /** 終わった時刻 (ms) と、終わり方 */
  private endedAt: number | undefined;
  private ending = "";
  /** メモリを使いすぎて、終わらせた */
  private greedy = false;
  /** 終わるのを待っていた。どう終わっても、それを待ったものが調べる */
  private awaited = false;

  /**
   * ファイルを tsx で (options.plain なら tsx なしで) 動かし、動き始めるまで待つ。検査が終わると、必ず終わらせる。
   * @param file 動かすファイルのパス
   * @throws {Failure} ファイルがないとき
   */
  static async start(session: Session, file: string, options: LaunchOptions = {}): Promise<Program> {
    const name = shortName(file);
    const missing = `ファイルがありません: ${name}${lookalike(dirname(file), [basename(file)])}`;
    if (!isFile(file)) throw plainFailure(`${name} を起動する`, "ファイルがある", missing);
    const giveBack = await takeStartSlot();
    if (session.ended) {
      giveBack();
      return new Promise(() => {}); // 待つ間に、検査が終わった
    }
    session.atEnd(giveBack);
    const program = new Program(session, file, options);
    const started = () => program.notices.running || program.code !== undefined || undefined;
    await program.until(started, { done: `${name} を起動する`, expected: "動き始める", limit: startup });
    void program.loaded().then(giveBack); // 読み込む間は、次を起動しない
    return program;
  }

  private constructor(session: Session, file: string, options: LaunchOptions) {
    super(session);
    this.name = shortName(file);
    session.atEnd(() => this.notices.stop());
    const { child, stdin, stdout, stderr } = launch(file, this.folder, this.notices.file, options);
    this.child = child;
    this.stdin = stdin;
    brandProcess(this.pid);
    this.startTime = startOf(this.pid);
    writeFileSync(join(this.folder, "program.json"), JSON.stringify(this.launched)); // reaper.cjs のため
    session.programs.push(this);
    this.usage = new Usage(this.pid);
    let ticks = 0;
    session.clock.everyTick(() => ticks++ % 5 === 0 && this.measure());
    session.atEnd(async () => {
      const ended = this.child.exitCode !== null || this.child.signalCode !== null;
      if (!ended && this.child.kill("SIGKILL")) await once(this.child, "exit"); // taskkill の働かない Windows でも
      for (const stream of [stdin, stdout, stderr]) stream.destroy();
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 20 });
    });
    this.followChild(stdout, stderr);
  }

  /** 出力と終わりを聞く */
  private followChild(stdout: Readable, stderr: Readable) {
    const changed = () => this.emit("change");
    const kept = (text: string, more: string) => (text.length < capacity ? text + more : text);
    stdout.setEncoding("utf8").on("data", (text) => ((this.stdout = kept(this.stdout, text)), changed()));
    stderr.setEncoding("utf8").on("data", (text) => ((this.stderr = kept(this.stderr, text)), changed()));
    this.stdin.on("error", () => {}); // もう終わったプログラムに打っても、かまわない
    const closed = [stdout, stderr].map((stream) => once(stream, "close").catch(() => {}));
    this.child.on("exit", async (code, signal) => {
      this.endedAt = performance.now();
      await Promise.race([Promise.all(closed), sleep(lastWords, undefined, { ref: false })]);
      this.code = code;
      this.ending = signal ? `シグナル ${signal}` : `終了コード ${code}`;
      changed();
    });
  }

  /** 読み込み終わるのを待つ。ES モジュールでは知りようがないので、何かを始めたことで知る */
  private async loaded() {
    const busy = () => this.listened.length + this.connecting.length + this.stdout.length + this.stderr.length > 0;
    while (!this.state.loaded && !busy() && !this.over() && !this.session.ended) await once(this, "change");
  }

  /** メモリを使いすぎていれば、終わらせる */
  private measure() {
    if (this.code !== undefined || this.greedy || !this.usage.sample()) return;
    this.greedy = true;
    this.signal("SIGKILL");
  }

  /** 起動したもの。session が、終わりに、残らず終わらせる */
  get launched(): Launched {
    return { mark: this.folder, pid: this.pid, start: this.startTime, gone: this.code !== undefined };
  }

  /** session の時計のため */
  delayed() {
    return this.usage.delayed();
  }

  over() {
    if (this.code !== undefined) return `プログラムが終わりました (${this.ending})`;
  }

  output() {
    const { name, stdout, endedAt, exit } = this;
    const stderr = withoutTools(this.stderr);
    return { name, stdout, stderr, crash: this.awaited ? undefined : crashOf({ name, stderr, exit }), endedAt };
  }

  /** エラーで終わったかを言うためのもの (report/crash.ts) */
  get exit() {
    return { greedy: this.greedy, code: this.code, words: this.ending };
  }

  async settle(ms: number) {
    await this.quiet(() => this.over(), ms);
  }

  get listened() {
    return this.notices.listened;
  }

  get connecting() {
    return this.notices.connecting;
  }

  get early() {
    return this.notices.early;
  }

  /** 読み込み終わったかと、何のために動き続けているか */
  get state(): Partial<State> {
    return this.notices.states.get(this.pid) ?? {};
  }

  get pid() {
    return this.child.pid!;
  }

  /**
   * listen するまで待つ。
   * @param port 待っているはずのポート番号。ほかの番号で待つサーバ (別の役目のもの) は数えない
   * @returns つなぐ先のアドレスとポート番号
   * @throws {Failure} listen する前に終わったとき、限度まで待っても listen しないとき
   */
  async listens(port: number) {
    return this.until(() => this.listened.find(({ asked }) => asked === port), this.waitsFor(port));
  }

  /** 待っているはずのポートで待っていないことを、失敗にする。 @throws {Failure} いつも */
  async missesPort(port: number): Promise<never> {
    const wait = this.waitsFor(port);
    return this.fail(wait, wait.sight(), this.over());
  }

  /** listen するのを待つときの、待ち方 */
  waitsFor(port: number) {
    const others = () => this.listened.map(({ asked, path }) => path ?? (asked || "(指定なし)")).join(" と ");
    const hint = () => (this.listened.some(({ path }) => path) ? listenOrder(port) : undefined);
    return {
      done: `${this.name} を起動する`,
      expected: `ポート ${port} で接続を待つ`,
      sight: () => {
        if (this.listened.length) return { saw: `ポート ${others()} で待っています`, hint: hint() };
        const cause = this.spinning() ?? "listen を呼んでいるかを見ます";
        return this.over() ? undefined : { saw: "時間内に待ち始めませんでした", hint: cause };
      },
    };
  }

  /**
   * 標準出力に、この行が現れるまで待つ (行の終わりの空白は問わない)。
   * @param line 現れるはずの行
   * @throws {Failure} 現れる前に終わったとき、限度まで待ったとき
   */
  async shows(line: string) {
    const expected = `${quote(line)}の1行を表示する`;
    const wait = { done: `${this.name} を起動する`, expected, sight: () => missingLine(line, this.stdout) };
    await this.until(() => this.lines().includes(line) || undefined, wait);
  }

  /** 標準出力の、改行まで表示された行 (行の終わりの空白は取る) */
  lines() {
    return wholeLines(this.stdout);
  }

  /** 標準入力に文字列を打ち込む */
  type(text: string) {
    this.stdin.write(text);
  }

  /** 標準入力を終わらせる (Ctrl-D) */
  endInput() {
    this.stdin.end();
  }

  signal(signal: NodeJS.Signals) {
    this.child.kill(signal);
  }

  /** 動いていれば、手で動かすときのように、Ctrl-C で終わらせる。終わらなければ、あとで session が終わらせる */
  async interrupt() {
    if (this.code !== undefined || process.platform === "win32") return;
    this.awaited = true;
    try {
      process.kill(-this.pid, "SIGINT");
    } catch {
      return; // ちょうど終わった
    }
    await this.settle(farewell);
  }

  /**
   * 自分で終わるまで待つ。
   * @param limit 待つ限度 (ms)。なければ session の patience
   * @param sight 終わらないときに、見たこととして知らせること
   * @returns 終了コードと、表示したすべて
   * @throws {Failure} 限度まで待っても終わらないとき
   */
  async ends(limit?: number, sight?: () => Sight) {
    const expected = "プログラムが自分で終わる";
    const code = await this.until(() => this.code, { done: `${this.name} の終わりを待つ`, expected, limit, sight });
    this.awaited = true;
    return { code, stdout: this.stdout, stderr: this.stderr };
  }

  /** CPU を休みなく使っていれば、それを言う */
  spinning(): string | undefined {
    return this.usage.busy() ? whyStillRunning({ busy: true }) : undefined;
  }

  /** 何のために動き続けているか。見えたことだけを言う */
  keeps(): string | undefined {
    this.notices.catchUp();
    return whyStillRunning({ ...this.state, busy: this.usage.busy(), again: this.connecting.length > 1 });
  }
}
