import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { atEnd, Failure, quote, tidy, Watched } from "./watch.ts";

const require = createRequire(import.meta.url);
const preload = require.resolve("./preload.cjs");

/** JSON のファイルを読む。@throws {Failure} JSON でないとき */
function parse(file: string) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure(`JSON として読めません: ${file} (${(error as Error).message})`);
  }
}

/** ファイルを tsx で動かすための、node の引数 */
function loader(file: string, folder = dirname(file)): string[] {
  const packageJson = join(folder, "package.json");
  if (!existsSync(packageJson) && dirname(folder) !== folder) return loader(file, dirname(folder));
  const esm = existsSync(packageJson) && parse(packageJson).type === "module";
  // CommonJS で import() もないなら、tsx の半分だけで足り、早く始まる
  if (!esm && !/\bimport\s*\(/.test(readFileSync(file, "utf8"))) return ["--require", require.resolve("tsx/cjs")];
  return ["--import", pathToFileURL(require.resolve("tsx")).href];
}

/** 1つの出力をためておく限度 (文字) */
const limit = 100_000;

/** 失敗したときに見せる、出力の抜き書き。長い行 (変換の道具の中身など) と、長い出力の前のほうは略す */
function excerpt(text: string): string {
  const lines = text.trimEnd().split("\n").filter((line) => line.trim());
  const shown = lines.slice(-25).map((line) => (line.length > 200 ? `${line.slice(0, 60)} …(略)` : line));
  return [...(lines.length > 25 ? ["…(略)"] : []), ...shown].join("\n");
}

/** 子プロセスとして動くレッスンのファイル1つ */
export class Program extends Watched {
  stdout = "";
  stderr = "";
  /** 終了コード。まだ動いていれば undefined、シグナルで終わったら null */
  code: number | null | undefined;
  /** listen した相手先。asked はプログラムが頼んだポート番号、port は実際の番号 */
  listening: { address: string; port: number; asked: number } | undefined;
  private name: string;
  private child;

  /**
   * ファイルを tsx で動かす。検査が終わると、必ず終わらせる。
   * @param file 動かすファイルのパス
   * @param options.PORT 環境変数 PORT。なければ設定しない
   * @param options.ports 読み替えるポート番号の表 (preload.cjs を見よ)
   * @param options.terminal 標準入力を端末のように扱う (preload.cjs を見よ)
   * @throws {Failure} ファイルがないとき
   */
  constructor(file: string, options: { PORT?: string | number; ports?: Record<number, number>; terminal?: boolean } = {}) {
    super();
    this.name = join(basename(dirname(file)), basename(file));
    if (!existsSync(file)) throw new Failure(`ファイルがありません: ${this.name}`);
    const { PORT: _, SUBMISSION: __, ...env } = process.env;
    if (options.PORT !== undefined) env.PORT = String(options.PORT);
    env.TEST_PORTS = JSON.stringify(options.ports ?? {});
    if (options.terminal) env.TEST_TERMINAL = "1";
    this.child = spawn(process.execPath, ["--require", preload, ...loader(file), basename(file)], {
      cwd: dirname(file),
      env,
      stdio: ["pipe", "pipe", "pipe", "ipc"],
      detached: true, // 孫プロセスも合わせて終わらせるために、プロセスグループを分ける
    });
    writeFileSync(this.mark(), "");
    atEnd(() => this.kill());
    const changed = () => this.emit("change");
    // 終わりなく出力するプログラムでも、ためこまない
    const kept = (text: string, more: string) => (text.length < limit ? text + more : text);
    this.child.stdout!.setEncoding("utf8").on("data", (text) => ((this.stdout = kept(this.stdout, text)), changed()));
    this.child.stderr!.setEncoding("utf8").on("data", (text) => ((this.stderr = kept(this.stderr, text)), changed()));
    this.child.stdin!.on("error", () => {}); // もう終わったプログラムに打っても、かまわない
    this.child.on("message", (message: any) => ((this.listening ??= message), changed()));
    this.child.on("close", (code) => ((this.code = code), changed()));
  }

  over() {
    if (this.code === undefined) return undefined;
    if (this.stderr.includes("EADDRINUSE")) return "ポートが使用中で、プログラムが終わりました";
    return `プログラムが終わりました (終了コード ${this.code})`;
  }

  situation() {
    const show = (text: string) => (text ? `\n${excerpt(text)}` : " (なし)");
    return `--- ${this.name} の標準出力:${show(this.stdout)}\n--- ${this.name} の標準エラー:${show(this.stderr)}`;
  }

  /**
   * listen するまで待つ。
   * @returns つなぐ先のアドレスとポート番号
   * @throws {Failure} listen する前に終わったとき、限度まで待っても listen しないとき
   */
  async listens() {
    const { address, ...rest } = await this.until(() => this.listening, `${this.name} を起動する`, "listen して接続を待つ");
    return { ...rest, address, host: address === "::" || address === "0.0.0.0" ? "127.0.0.1" : address };
  }

  /**
   * 標準出力に文字列が現れるまで待つ (行の終わりの空白は問わない)。
   * @param text 現れるはずの文字列、またはその形
   * @param limit 早くあきらめる限度 (ms)
   * @throws {Failure} 現れる前に終わったとき、限度まで待ったとき
   */
  shows(text: string | RegExp, limit?: number) {
    const shown = () => (typeof text === "string" ? tidy(this.stdout).includes(text) : text.test(tidy(this.stdout))) || undefined;
    return this.until(shown, `${this.name} の表示を待つ`, `${typeof text === "string" ? quote(text) : text}と表示する`, limit);
  }

  /** 標準入力に文字列を打ち込む */
  type(text: string | Uint8Array) {
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

  /**
   * 自分で終わるまで待つ。
   * @returns 終了コードと、表示したすべて
   * @throws {Failure} 限度まで待っても終わらないとき
   */
  async ends() {
    const code = await this.until(() => this.code, `${this.name} の終わりを待つ`, "プログラムが自分で終わる");
    return { code, stdout: this.stdout, stderr: this.stderr };
  }

  /** 動いている印のファイル。jest が途中で終わるときも、これで見つけて終わらせる (teardown.ts) */
  private mark() {
    return join(process.env.COPIES!, "running", String(this.child.pid));
  }

  /** プロセスグループごと終わらせ、終わるまで待つ */
  private async kill() {
    const { child } = this;
    const exited = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
    try {
      process.kill(-child.pid!, "SIGKILL");
    } catch {
      // もう残っていない
    }
    await exited;
    rmSync(this.mark(), { force: true });
  }
}
