import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { transformSync } from "@swc/core";
import { crashOf } from "./crash.ts";
import { environment } from "./environment.ts";
import { Failure, plainFailure, type Sight } from "./failure.ts";
import { hint, isFile } from "./folders.cjs";
import { difference, nearest, toLines, wholeLines } from "./lines.ts";
import { begun, endAll, mark, memory, delays } from "./processes.cjs";
import { quote } from "./show.cjs";
import type { Trial } from "./trial.ts";
import { takeTurn } from "./turn.ts";
import { Watched } from "./watched.ts";

const require = createRequire(import.meta.url);
/** 手で打つ tsx コマンドと同じ、変換の道具 */
const tsx = ["--import", pathToFileURL(require.resolve("tsx")).href];

/** node と変換の道具が動き始めるまで待つ限度 (ms) */
const startup = 60_000;
/** 1つの出力をためておく限度 (文字) */
const capacity = 100_000;
/** プログラムが使ってよいメモリ (バイト) */
const allowed = 2 ** 30;

export type Options = {
  /** 環境変数 PORT。なければ設定しない */
  PORT?: string | number;
  /** listen を、頼まれた番号ではなく、空いているポートで行う (preload.cjs) */
  anyPort?: boolean;
  /** connect の先のポート番号の読み替え。数なら、どの番号もそれにする (preload.cjs) */
  connectTo?: number | Record<number, number>;
  /** 標準入力を端末のように扱う (preload.cjs) */
  terminal?: boolean;
  /**
   * tsx を使わず、型を先に取って動かす (早く始まる)。文法が正しく、ほかの .ts を読み込みも動かしもしない、
   * package.json に type: module のない所のファイルにだけ使える。いつも "use strict" になる
   */
  plain?: boolean;
};

/** listen した相手先。asked はプログラムが頼んだポート番号、port は本当の番号 */
export type Listening = { asked: number; address: string; port: number };

/** 読み込み終わったかと、何のために動き続けているか */
export type State = { loaded: boolean; timer: boolean; socket: boolean; server: boolean; input: boolean };

/** つないだ側が、何も受け取らないうちに、閉じ始めたか、終わったか */
export type Early = "closed" | "ended";

/** プログラムの中から知らされること (preload.cjs) */
type Notice = {
  running?: true;
  listening?: Listening;
  connecting?: number;
  early?: Early;
  pid?: number;
  state?: State;
};

/** 子プロセスとして動くレッスンのファイル1つ */
export class Program extends Watched {
  stdout = "";
  stderr = "";
  /** 終了コード。まだ動いていれば undefined、シグナルで終わったら null */
  code: number | null | undefined;
  listened: Listening[] = [];
  connecting: number[] = [];
  early: Early | undefined;
  state: Partial<State> = {};
  name: string;
  /** 中で起きたことを知る所と、そのファイル、読んだ行の数 */
  private folder: string;
  private events: string;
  private read = 0;
  private running = false;
  private ending = "";
  private greedy = false;
  /** CPU が空くのを待っていた時間 (ms)、前に見た時刻、スレッドごとの、そのときの値 */
  private delayed = 0;
  private lookedAt = 0;
  private delays = new Map<string, number>();
  private child: ChildProcess;

  /**
   * ファイルを tsx で (options.plain なら tsx なしで) 動かし、動き始めるまで待つ。検査が終わると、必ず終わらせる。
   * @param file 動かすファイルのパス
   * @throws {Failure} ファイルがないとき
   */
  static async start(trial: Trial, file: string, options: Options = {}): Promise<Program> {
    const name = join(basename(dirname(file)), basename(file));
    const near = hint(dirname(file), [basename(file)]);
    const missing = `ファイルがありません: ${name}${near}`;
    if (!isFile(file)) throw plainFailure(`${name} を起動する`, "ファイルがある", missing);
    const pass = await takeTurn();
    if (trial.ended) {
      pass();
      return new Promise(() => {}); // 順番を待つ間に、検査が終わった
    }
    trial.atEnd(pass);
    const program = new Program(trial, file, name, options);
    const started = () => program.running || program.code !== undefined || undefined;
    await program.until(started, { done: `${name} を起動する`, expected: "動き始める", limit: startup });
    void program.loaded().then(pass); // 読み込む間は、次を起動しない
    return program;
  }

  private constructor(trial: Trial, file: string, name: string, options: Options) {
    super(trial);
    this.name = name;
    this.folder = mkdtempSync(join(process.env.TEST_FOLDER!, "run-"));
    this.events = join(this.folder, "events");
    writeFileSync(this.events, "");
    const watcher = watch(this.folder, () => this.readEvents()); // 起動より先に見始める。spawn が返る前の知らせもある
    trial.atEnd(() => watcher.close());
    this.child = this.spawn(file, options);

    mark(this.pid);
    const program = { mark: this.folder, ...begun(this.pid) };
    writeFileSync(join(this.folder, "program.json"), JSON.stringify(program)); // 見張り (keeper.cjs) のため
    trial.programs.push(this);
    let ticks = 0;
    trial.everyTick(() => ticks++ % 5 === 0 && this.measure());
    trial.atEnd(async () => {
      const running = this.child.exitCode === null && this.child.signalCode === null;
      // Windows では、終わったものの番号が、もうほかのものかもしれない
      if (running || process.platform !== "win32") endAll(program);
      if (running) await once(this.child, "exit");
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 20 });
    });
    this.listen();
  }

  /** 子プロセスとして起動する */
  private spawn(file: string, { PORT, anyPort, connectTo, terminal, plain }: Options) {
    const { events } = this;
    const preload = join(this.folder, "preload.cjs");
    const config = JSON.stringify({ events, anyPort, connectTo, terminal });
    writeFileSync(preload, `require(${JSON.stringify(require.resolve("./preload.cjs"))})(${config});`);
    // 変換の道具の次に、プログラムの直前に読み込まれる
    const begins = join(this.folder, "running.cjs");
    const running = `require("node:fs").appendFileSync(${JSON.stringify(events)}, '{"running":true}\\n');`;
    writeFileSync(begins, plain ? running + loading(file) : running);
    const begin = plain ? ["--enable-source-maps", "--require", begins] : ["--import", pathToFileURL(begins).href];
    const tools = plain ? begin : [...tsx, ...begin];

    const env = environment();
    env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(preload)}`.trim();
    if (PORT !== undefined) env.PORT = String(PORT);
    return spawn(process.execPath, [...tools, this.name], {
      cwd: dirname(dirname(file)), // 手で動かすときのように、レッスンのフォルダがある所で
      env,
      stdio: ["pipe", "pipe", "pipe", "ipc"], // tsx コマンドと同じく、process.send がある。何を送ってきても読まない
      // Ctrl-C は、採点にだけ届く。Windows では、見えない別の端末に分ける
      detached: process.platform !== "win32",
      windowsHide: true,
    });
  }

  /** 出力と終わりを聞く */
  private listen() {
    const changed = () => this.emit("change");
    // 終わりなく出力するプログラムでも、ためこまない
    const kept = (text: string, more: string) => (text.length < capacity ? text + more : text);
    this.child.stdout!.setEncoding("utf8").on("data", (text) => ((this.stdout = kept(this.stdout, text)), changed()));
    this.child.stderr!.setEncoding("utf8").on("data", (text) => ((this.stderr = kept(this.stderr, text)), changed()));
    this.child.stdin!.on("error", () => {}); // もう終わったプログラムに打っても、かまわない
    this.child.on("close", (code, signal) => {
      this.code = code;
      this.ending = signal ? `シグナル ${signal}` : `終了コード ${code}`;
      changed();
    });
  }

  /** 新しい知らせを読む */
  private readEvents() {
    const lines = readFileSync(this.events, "utf8").split("\n").slice(0, -1);
    const news = lines.slice(this.read);
    this.read = lines.length;
    for (const line of news) this.notice(JSON.parse(line));
  }

  /** 知らせを1つ受け取る */
  private notice({ running, listening, connecting, early, pid, state }: Notice) {
    if (running) this.running = true;
    this.early ??= early;
    if (listening) this.listened.push(listening);
    if (connecting !== undefined) this.connecting.push(connecting);
    if (state && pid === this.pid) this.state = state; // 子プロセスのことではない
    this.emit("change");
  }

  /** 読み込み終わるのを待つ。ES モジュールでは知りようがないので、何かを始めたことで知る */
  private async loaded() {
    const busy = () => this.listened.length + this.connecting.length + this.stdout.length + this.stderr.length > 0;
    while (!this.state.loaded && !busy() && !this.over() && !this.trial.ended) await once(this, "change");
  }

  /** CPU を待った時間を、スレッドが終わる前に見ておく。メモリを使いすぎていれば、終わらせる */
  private measure() {
    if (this.code !== undefined || this.greedy) return;
    this.starved();
    if (memory(this.pid) <= allowed) return;
    this.greedy = true;
    this.signal("SIGKILL");
  }

  over() {
    if (this.code !== undefined) return `プログラムが終わりました (${this.ending})`;
  }

  starved() {
    // 何度も聞かれる。調べるのは、時計が1つ進む間に多くて1回
    if (performance.now() - this.lookedAt < 50) return this.delayed;
    this.lookedAt = performance.now();
    for (const [thread, ms] of delays(this.pid)) {
      this.delayed += Math.max(0, ms - (this.delays.get(thread) ?? 0));
      this.delays.set(thread, ms);
    }
    return this.delayed;
  }

  /** エラーで終わっていれば、それを言う言葉 */
  private fault(): string | undefined {
    if (this.greedy) return `${this.name} が 1 GiB より多くのメモリを使ったので、終わらせました`;
    if (this.code === undefined || this.code === 0) return undefined;
    const error = crashOf(this.stderr);
    return error ? `${this.name} がエラーで終わりました: ${error}` : `${this.name} が ${this.ending} で終わりました`;
  }

  output() {
    return { name: this.name, stdout: this.stdout, stderr: this.stderr, fault: this.fault() };
  }

  /** 終わりかけのプログラムの、最後の言葉まで聞く */
  async settle() {
    await this.quiet(() => this.over(), 2000);
  }

  /**
   * listen するまで待つ。
   * @param port 待っているはずのポート番号。ほかの番号で待つサーバ (別の役目のもの) は数えない
   * @returns つなぐ先のアドレスとポート番号
   * @throws {Failure} listen する前に終わったとき、限度まで待っても listen しないとき
   */
  async listens(port: number) {
    const others = () => this.listened.map(({ asked }) => asked || "(指定なし)").join(" と ");
    const { address, ...rest } = await this.until(() => this.listened.find(({ asked }) => asked === port), {
      done: `${this.name} を起動する`,
      expected: `ポート ${port} で接続を待つ`,
      saw: () => (this.listened.length ? { saw: `ポート ${others()} で待っています` } : undefined),
    }).catch((error) => {
      if (error instanceof Failure && !this.listened.length) error.report.unanswered = true;
      throw error;
    });
    return { ...rest, address, host: reachable(address) };
  }

  /**
   * 標準出力に、この行が現れるまで待つ (行の終わりの空白は問わない)。
   * @param line 現れるはずの行
   * @throws {Failure} 現れる前に終わったとき、限度まで待ったとき
   */
  async shows(line: string) {
    const saw = (): Sight | undefined => {
      const actual = nearest(line, toLines(this.stdout));
      if (actual === undefined) return { saw: this.stdout.trim() ? "その行がありません" : "何も表示しません" };
      return { saw: "よく似た、違う行があります", differs: difference([line], [actual]) };
    };
    const expected = `${quote(line)}の1行を表示する`;
    const wait = { done: `${this.name} を起動する`, expected, saw };
    await this.until(() => this.lines().includes(line) || undefined, wait);
  }

  /** 標準出力の、改行まで表示された行 (行の終わりの空白は取る) */
  lines() {
    return wholeLines(this.stdout);
  }

  /** 標準入力に文字列を打ち込む */
  type(text: string) {
    this.child.stdin!.write(text);
  }

  /** 標準入力を終わらせる (Ctrl-D) */
  endInput() {
    this.child.stdin!.end();
  }

  /** シグナルを送る */
  signal(signal: NodeJS.Signals) {
    this.child.kill(signal);
  }

  get pid() {
    return this.child.pid!;
  }

  /**
   * 自分で終わるまで待つ。
   * @param limit 待つ限度 (ms)。なければ trial の patience
   * @param saw 終わらないときに、見たこととして知らせること
   * @returns 終了コードと、表示したすべて
   * @throws {Failure} 限度まで待っても終わらないとき
   */
  async ends(limit?: number, saw?: () => Sight) {
    const expected = "プログラムが自分で終わる";
    const code = await this.until(() => this.code, { done: `${this.name} の終わりを待つ`, expected, limit, saw });
    return { code, stdout: this.stdout, stderr: this.stderr };
  }

  /** 何のために動き続けているか。見えたことだけを言う */
  keeps(): string | undefined {
    this.readEvents();
    const { timer, socket, server, input } = this.state;
    const causes = [
      input && "入力を待っています (読み終わったら、readline を close します)",
      socket && "接続が開いたままです (end か destroy で閉じます)",
      server && "サーバが待つのをやめていません (close で閉じます)",
      timer && "タイマーが動いています (clearTimeout か clearInterval で止めます)",
    ].filter(Boolean);
    return causes.length ? causes.join("。") : undefined;
  }
}

/** ファイルの型を取ったものを、そのファイルとして読み込ませる JavaScript */
function loading(file: string) {
  const { code } = transformSync(readFileSync(file, "utf8"), {
    filename: file,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
    sourceMaps: "inline",
    swcrc: false,
  });
  return `require.extensions[".ts"] = (module, file) => module._compile(${JSON.stringify(code)}, file);`;
}

/** listen したアドレスに、つなぐときのアドレス */
const reachable = (address: string) => (address === "::" || address === "0.0.0.0" ? "127.0.0.1" : address);
