// 本を歩くためのターミナル: コマンドを sh で動かし、打ち、Ctrl-C を押し、画面を読む
import { spawn, type ChildProcess } from "node:child_process";
import { EventEmitter, once } from "node:events";

/** 1つのことを待つ限度 (ms) */
const patience = 30_000;

export class Terminal {
  /** 今のコマンドを打ってからの画面。打った行もある */
  screen = "";
  /** 終わったコマンドの終了コード。Ctrl-C で終わったなら 0。動いていれば undefined */
  code?: number;
  /** このターミナルの PORT */
  port = "";
  #program?: ChildProcess;
  #underway = false;
  readonly #changed = new EventEmitter();

  readonly name: string;
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(name: string, folder: string, env: NodeJS.ProcessEnv) {
    [this.name, this.folder, this.#env] = [name, folder, env];
  }

  /** コマンドが動いているか */
  get busy() {
    return this.#program !== undefined;
  }

  /**
   * 出来事のたびに調べて、条件が真になるまで待つ。
   * @throws {Error} 30 秒待ったとき
   */
  async until(condition: () => boolean, what: string) {
    const signal = AbortSignal.timeout(patience);
    while (!condition()) {
      await once(this.#changed, "change", { signal }).catch(() => {
        throw new Error(`${this.name}: ${what}のを待ちましたが、画面はこうです。\n${this.screen}`);
      });
    }
  }

  /**
   * コマンドを打ち、待ち始めるか、つながるか、終わるまで待つ。前のコマンドがまだ動いていれば、終わるのを先に待つ。
   * @throws {Error} 30 秒待ったとき
   */
  async run(command: string) {
    await this.until(() => !this.busy, "前のコマンドが終わる");
    [this.screen, this.code, this.#underway] = ["", undefined, false];
    const script = `exec 2>&1\n${command}\ncode=$?; echo "PORT=$PORT." >&3; exit $code`;
    const program = spawn("sh", ["-c", script], {
      cwd: this.folder,
      env: { ...this.#env, ...(this.port && { PORT: this.port }) },
      detached: true, // Ctrl-C は、このコマンドのプロセスのどれにも届く
      stdio: ["pipe", "pipe", "ignore", "pipe"],
    });
    this.#program = program;
    const change = () => this.#changed.emit("change");
    program.stdin!.on("error", () => {}); // 読む前に終わった
    program.stdout!.setEncoding("utf8").on("data", (text) => {
      this.screen += text;
      change();
    });
    program.stdio[3]!.on("data", (told) => {
      this.#underway = true;
      this.port = String(told).match(/PORT=(.*)\./)?.[1] ?? this.port;
      change();
    });
    program.on("close", (code) => {
      this.code = code ?? 0;
      this.#program = undefined;
      change();
    });
    await this.until(() => this.#underway || !this.busy, `「${command}」が始まる`);
  }

  /** 動いているプログラムに、1行打つ。画面にも見える */
  type(line: string) {
    this.#mustRun("打ちました");
    this.screen += `${line}\n`;
    this.#program!.stdin!.write(`${line}\n`);
  }

  /** Ctrl-C を押し、終わるまで待つ */
  async interrupt() {
    this.#mustRun("Ctrl-C を押しました");
    process.kill(-this.#program!.pid!, "SIGINT");
    await this.until(() => !this.busy, "Ctrl-C で終わる");
    this.code = 0;
  }

  /** 残っているものを終わらせ、開き直したようにする */
  async end() {
    if (this.#program) process.kill(-this.#program.pid!, "SIGKILL");
    await this.until(() => !this.busy, "終わる");
    [this.port, this.code] = ["", 0];
  }

  /** @throws {Error} 終わったコマンドが失敗していて、そのことを本が見せていないとき */
  mustSucceed(shown: boolean) {
    if (this.code && !shown) throw new Error(`${this.name}: エラーで終わりました (${this.code})。\n${this.screen}`);
  }

  #mustRun(done: string) {
    if (!this.busy) throw new Error(`${this.name}: ${done}が、何も動いていません。画面はこうです。\n${this.screen}`);
  }
}
