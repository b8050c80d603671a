import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, watch, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { hint, isFile } from "./target.ts";
import { Failure, Watched, type Trial } from "./trial.ts";
import { excerpt, quote, toLines } from "./words.ts";

const require = createRequire(import.meta.url);
const { endAll }: { endAll: (mark: string, leader: number) => void } = require("./keeper.cjs");
/** 手で打つ tsx コマンドと同じ、変換の道具の全部 */
const whole = ["--import", pathToFileURL(require.resolve("tsx")).href];
/** その半分。import() のない CommonJS のファイルにだけ使える。早く始まる */
const half = ["--require", require.resolve("tsx/cjs")];
const preload = require.resolve("./preload.cjs");

/** node と変換の道具が動き始めるまで待つ限度 (ms) */
const startup = 60_000;

/** jest の1つのプロセスの中で、あといくつ同時に起動してよいか。起動は CPU を使い切るので、みな一度に始めると、どれも遅くなる */
let free = availableParallelism() + 1;
const queue: (() => void)[] = [];

/** 起動の順番を待つ。あとから頼まれたものが先: 2つ目を起動する検査では、1つ目がもう動いて待っている */
async function inTurn<T>(start: () => Promise<T>): Promise<T> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => queue.push(resolve));
  try {
    return await start();
  } finally {
    const next = queue.pop();
    if (next) next();
    else free++;
  }
}

/** 1つの出力をためておく限度 (文字) */
const capacity = 100_000;

/** 手で動かすときの環境変数。npm と jest が加えたものと、採点に使うものを除く */
export function environment(): NodeJS.ProcessEnv {
  const ours = /^(npm_.*|JEST_.*|NODE_ENV|NODE|COLOR|FORCE_COLOR|INIT_CWD|PORT|SUBMISSION|SEED|NAMED|TEST_FOLDER)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

export type Options = {
  /** 環境変数 PORT。なければ設定しない */
  PORT?: string | number;
  /** ポート番号の読み替え: listen は空いているポートで、connect はこの表の番号で行う。なければ読み替えない (preload.cjs) */
  ports?: Record<number, number>;
  /** 標準入力を端末のように扱う (preload.cjs) */
  terminal?: boolean;
  /** import() のない CommonJS のファイルだと分かっている */
  commonjs?: boolean;
};

/** listen した相手先。asked はプログラムが頼んだポート番号、port は本当の番号 */
export type Listening = { asked: number; address: string; port: number };

/** 子プロセスとして動くレッスンのファイル1つ */
export class Program extends Watched {
  stdout = "";
  stderr = "";
  /** 終了コード。まだ動いていれば undefined、シグナルで終わったら null */
  code: number | null | undefined;
  /** 終わり方を表す言葉 */
  ending = "";
  /** preload.cjs が知らせたこと */
  listened: Listening[] = [];
  connecting: number[] = [];
  name: string;
  private running = false;
  private child: ChildProcess;

  /**
   * ファイルを tsx で動かし、動き始めるまで待つ。検査が終わると、必ず終わらせる。
   * @param file 動かすファイルのパス
   * @throws {Failure} ファイルがないとき
   */
  static async start(trial: Trial, file: string, options: Options = {}): Promise<Program> {
    const folder = dirname(file);
    if (!isFile(file))
      throw new Failure(`ファイルがありません: ${join(basename(folder), basename(file))}${hint(folder, [basename(file)])}`);
    const begin = async () => {
      const program = new Program(trial, file, options);
      const started = () => program.running || program.code !== undefined || undefined;
      await program.until(started, `${program.name} を起動する`, "動き始める", { limit: startup });
      return program;
    };
    return trial.uncounted(inTurn(begin));
  }

  private constructor(trial: Trial, file: string, { PORT, ports, terminal, commonjs }: Options) {
    super(trial);
    this.name = join(basename(dirname(file)), basename(file));

    const folder = mkdtempSync(join(process.env.TEST_FOLDER!, "run-"));
    const events = join(folder, "events");
    writeFileSync(events, "");
    const config = JSON.stringify({ events, free: ports !== undefined, connect: ports ?? {}, terminal });
    writeFileSync(join(folder, "preload.cjs"), `require(${JSON.stringify(preload)})(${config});`);
    // 変換の道具の次に、プログラムの直前に読み込まれる
    const mark = join(folder, "running.cjs");
    writeFileSync(mark, `require("node:fs").appendFileSync(${JSON.stringify(events)}, '{"running":true}\\n');`);
    // 起動より先に見始める。spawn が返る前に、もう知らせが書かれていることがある
    let read = 0;
    const watcher = watch(folder, () => {
      const lines = readFileSync(events, "utf8").split("\n").slice(0, -1);
      for (const line of lines.slice(read)) this.notice(JSON.parse(line));
      read = lines.length;
    });

    const env = environment();
    env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(join(folder, "preload.cjs"))}`.trim();
    if (PORT !== undefined) env.PORT = String(PORT);
    const tools = commonjs ? [...half, "--require", mark] : [...whole, "--import", pathToFileURL(mark).href];
    this.child = spawn(process.execPath, [...tools, this.name], {
      cwd: dirname(dirname(file)), // 手で動かすときのように、レッスンのフォルダがある所で
      env,
      stdio: ["pipe", "pipe", "pipe", "ipc"], // tsx コマンドと同じく、process.send がある。何を送ってきても読まない
      detached: true, // Ctrl-C は、採点にだけ届く
    });

    trial.atEnd(async () => {
      watcher.close();
      endAll(folder, this.pid);
      if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
    });

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

  private notice({ running, listening, connecting }: { running?: true; listening?: Listening; connecting?: number }) {
    if (running) this.running = true;
    if (listening) this.listened.push(listening);
    if (connecting !== undefined) this.connecting.push(connecting);
    this.emit("change");
  }

  over() {
    if (this.code !== undefined) return `プログラムが終わりました (${this.ending})`;
  }

  async situation() {
    const show = (text: string) => (text.trim() ? `\n${excerpt(text).replaceAll(/^/gm, "    ")}` : " (なし)");
    return `--- ${this.name} の標準出力:${show(this.stdout)}\n--- ${this.name} の標準エラー:${show(this.stderr)}`;
  }

  /**
   * listen するまで待つ。
   * @param ports 待っているはずのポート番号。ほかの番号で待つサーバ (別の役目のもの) は数えない
   * @returns つなぐ先のアドレスとポート番号
   * @throws {Failure} listen する前に終わったとき、限度まで待っても listen しないとき
   */
  async listens(...ports: number[]) {
    const { address, port, asked } = await this.until(
      () => this.listened.find(({ asked }) => ports.includes(asked)),
      `${this.name} を起動する`,
      `ポート ${ports.join(" か ")} で接続を待つ`,
      { saw: () => this.listened.length ? `ポート ${this.listened.map(({ asked }) => asked || "(指定なし)").join(" と ")} で待っています` : undefined },
    );
    return { asked, address, port, host: address === "::" || address === "0.0.0.0" ? "127.0.0.1" : address };
  }

  /**
   * 標準出力に、これらの行が続けて現れるまで待つ (行の終わりの空白は問わない)。
   * @param lines 現れるはずの行
   * @param limit 早くあきらめる限度 (ms)
   * @throws {Failure} 現れる前に終わったとき、限度まで待ったとき
   */
  async shows(lines: string[], limit?: number) {
    const wanted = `\n${lines.join("\n")}\n`;
    const shown = () => `\n${this.lines().join("\n")}\n`.includes(wanted) || undefined;
    const expected = lines.length === 1 ? `${quote(lines[0])}の1行を表示する` : `次の行を表示する\n${lines.join("\n")}`;
    await this.until(shown, `${this.name} の表示を待つ`, expected, { limit });
  }

  /** 標準出力の、改行まで表示された行 (行の終わりの空白は取る) */
  lines() {
    return toLines(this.stdout.slice(0, this.stdout.lastIndexOf("\n") + 1));
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
   * @param limit 待つ限度 (ms)。なければ、残りの持ち時間
   * @param why 終わらないときに、見たこととして知らせる言葉
   * @returns 終了コードと、表示したすべて
   * @throws {Failure} 限度まで待っても終わらないとき
   */
  async ends(limit?: number, why?: string) {
    const code = await this.until(() => this.code, `${this.name} の終わりを待つ`, "プログラムが自分で終わる", { limit, saw: () => why });
    return { code, stdout: this.stdout, stderr: this.stderr };
  }
}
