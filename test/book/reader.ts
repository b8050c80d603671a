// 本を読み、書いてあるとおりにする人: リポジトリの写しで、コマンドを打ち、ファイルを変え、見えるものを比べる
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { transformSync } from "@swc/core";
import { expect } from "@jest/globals";
import { root } from "../grader/repository-root.ts";
import type { Step, Unit } from "./readme.ts";
import { printedFolder, Screens } from "./screens.ts";
import { Terminal } from "./terminal.ts";

/** 待つ時間のうち、短くするもの (ms) */
const shortened = (text: string) => text.replaceAll("5000", "500");

/** 本の中のポート。空いている番号に移す */
const ports = [6000, 7001, 7003, 8000, 9000];

/** 1つの画面のあとに、ほかのものが続かないことを見る時間 (ms) */
const settled = 100;

/** OS がクライアントに選ばない、空いている番号 */
async function freePort(): Promise<number> {
  const port = 10_000 + Math.floor(Math.random() * 20_000);
  const server = createServer();
  const free = await new Promise((done) => {
    server.once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });
  return free ? port : freePort();
}

/** そのしるしの行 (と、しるしのない行) を、しるしなしで */
const side = (diff: string, mark: string) =>
  diff.split(/(?<=\n)/).filter((line) => line[0] === " " || line[0] === mark).map((line) => line.slice(1)).join("");

export class Reader {
  /** リポジトリの写し */
  readonly folder: string;
  readonly #outside = realpathSync(mkdtempSync(join(process.env.TEST_FOLDER!, "book-")));
  readonly #terminals = new Map<string, Terminal>();
  readonly #notRun: RegExp[];

  /** @param notRun 打たないコマンド */
  constructor(notRun: RegExp[]) {
    this.#notRun = notRun;
    this.folder = join(this.#outside, "book");
  }

  /** リポジトリを写し、ターミナルを開く */
  async begin() {
    mkdirSync(this.folder);
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    for (const name of ["package.json", "tsconfig.json", "Socket1", "Socket2", "Practice1", "Practice2", "test/grader"])
      cpSync(join(root, name), join(this.folder, name), { recursive: true });
    const moved = await Promise.all(ports.map(async (port) => `${port}:${await freePort()}`));
    const env = {
      HOME: process.env.HOME,
      PATH: `${this.#standIns()}:${dirname(process.execPath)}:${process.env.PATH}`,
      TMPDIR: process.env.TEST_FOLDER,
      GOGC: "off", // 型の検査の CPU が4分の3になる
      NODE_OPTIONS: `--require "${join(root, "test/book/moved-ports.cjs")}"`,
      MOVED_PORTS: moved.join(" "),
    };
    for (const name of ["①", "②", "③", "空いているターミナル"])
      this.#terminals.set(name, new Terminal(name, this.folder, env));
  }

  /** 残っているものを終わらせ、次の実験を始められるようにする */
  async end() {
    await Promise.all([...this.#terminals.values()].map((terminal) => terminal.end()));
  }

  /**
   * npx と npm の代わりの入ったフォルダを作る。npx tsx は、余分なプログラムなしで tsx を動かすか、型を取ったものが
   * あれば、それを動かす (CPU が4分の1)。npm は、移したポートを知らず、採点も型を先に取る
   */
  #standIns() {
    const folder = join(this.#outside, "bin");
    mkdirSync(folder);
    const write = (name: string, ...lines: string[]) =>
      writeFileSync(join(folder, name), ["#!/bin/sh", ...lines, ""].join("\n"), { mode: 0o755 });
    write(
      "npx",
      '[ "$1" = tsx ] || exit 127',
      `plain="${this.#plain}/$2"`,
      "shift",
      'for plain in "$plain".?js; do [ -f "$plain" ] || exec node --import tsx "$@"; done',
      "shift",
      'exec node "$plain" "$@"',
    );
    write("npm", "unset NODE_OPTIONS MOVED_PORTS", `PLAIN=1 PATH="${process.env.PATH}" exec npm "$@"`);
    return folder;
  }

  /** 型を取ったプログラムを置くところ */
  get #plain() {
    return join(this.#outside, "plain");
  }

  /** コマンドが動かすファイルの、型を取ったものを作る。関数の外に await がなければ、早く始まる CommonJS に */
  #removeTypes(command: string) {
    for (const [, file] of command.matchAll(/npx tsx (\S+\.ts)/g)) {
      const source = readFileSync(join(this.folder, file), "utf8");
      const [type, end] = /^\S.*\bawait\b/m.test(source) ? (["es6", "mjs"] as const) : (["commonjs", "cjs"] as const);
      const jsc = { parser: { syntax: "typescript" }, target: "es2022" } as const;
      const options = { jsc, module: { type }, swcrc: false } as const;
      mkdirSync(dirname(join(this.#plain, file)), { recursive: true });
      writeFileSync(join(this.#plain, `${file}.${end}`), transformSync(source, options).code);
    }
  }

  /**
   * 1つの実験を、書いてある順にする。
   * @throws {Error} 書いてあるとおりに行かないとき
   */
  async walk({ steps }: Unit) {
    const screens = new Screens();
    const shown = new Set<Terminal>();
    let last = this.#terminals.get("空いているターミナル")!;
    const tsx = steps.some(({ text }) => text.includes(printedFolder)); // エラーの場所は、tsx の言うとおりに見せる
    rmSync(this.#plain, { recursive: true, force: true });
    for (const [i, step] of steps.entries()) {
      if (step.kind === "sh" || step.terminal) last = this.#terminals.get(step.terminal ?? "空いているターミナル")!;
      const does: Record<string, () => unknown> = {
        sh: () => this.#command(last, step.text, tsx, shown),
        input: () => this.#type(last, step.text, steps.slice(i + 1), screens),
        text: () => this.#look(last, step, screens, shown),
        diff: () => this.#edit(step.file!, step.text),
        ts: () => step.file?.startsWith("my/") && this.#write(step.file, step.text),
        put: () => cpSync(join(root, step.text), join(this.folder, step.file!), { recursive: true }),
        key: () => last.interrupt(),
      };
      try {
        await does[step.kind]?.();
      } catch (error) {
        throw new Error(`README.md の ${step.line} 行: ${(error as Error).message}`);
      }
    }
    for (const terminal of this.#terminals.values()) {
      await terminal.until(() => !terminal.busy, "終わる (動いたままでは、次の実験を始められません)");
      terminal.mustSucceed(shown.has(terminal));
      if (terminal.port) throw new Error(`${terminal.name} に、PORT=${terminal.port} が残っています`);
    }
  }

  async #command(terminal: Terminal, text: string, tsx: boolean, shown: Set<Terminal>) {
    if (this.#notRun.some((command) => command.test(text))) return;
    await terminal.until(() => !terminal.busy, "前のコマンドが終わる");
    terminal.mustSucceed(shown.has(terminal));
    shown.delete(terminal);
    if (!tsx) this.#removeTypes(text);
    await terminal.run(text);
  }

  /** 1行ずつ打つ。あとの画面に、打った行も見えているはずなので、そこまでが見えたら打つ */
  async #type(terminal: Terminal, text: string, later: Step[], screens: Screens) {
    const next = later.find((step) => step.kind === "text" && (step.terminal ?? terminal.name) === terminal.name);
    let at = 0;
    for (const line of text.trimEnd().split("\n")) {
      const found = next && `\n${next.text}`.indexOf(`\n${line}\n`, at);
      if (found === -1) throw new Error(`打つ「${line}」が、あとの画面にありません`);
      at = (found ?? 0) + 1;
      const before = next?.text.slice(0, found) ?? "";
      if (next) await terminal.until(() => screens.same(before, terminal), `\n${before}と表示される`);
      terminal.type(line);
    }
  }

  async #look(terminal: Terminal, { text, or }: Step, screens: Screens, shown: Set<Terminal>) {
    shown.add(terminal);
    await terminal.until(() => screens.same(text, terminal) || !terminal.busy, `\n${text}と表示される`);
    if (terminal.busy) await setTimeout(settled);
    const { seen, wanted } = screens.compared(or && screens.same(or, terminal) ? or : text, terminal);
    expect(seen).toBe(wanted);
  }

  /** ファイルの中のその行を、ほかの行に替える */
  #edit(file: string, diff: string) {
    const path = join(this.folder, file);
    const from = shortened(side(diff, "-"));
    const pieces = `\n${readFileSync(path, "utf8")}`.split(`\n${from}`);
    if (pieces.length !== 2) throw new Error(`${file} に、変える行は ${pieces.length - 1} か所あります:\n${from}`);
    writeFileSync(path, pieces.join(`\n${shortened(side(diff, "+"))}`).slice(1));
  }

  /** ファイルがなければ作り、関数だけの囲みなら、ファイルの中のその関数を入れ替える */
  #write(file: string, text: string) {
    const path = join(this.folder, file);
    const [first] = text.match(/^(async )?function .*\n/) ?? [];
    if (!first) return writeFileSync(path, text, { flag: "wx" });
    const whole = readFileSync(path, "utf8");
    const start = whole.indexOf(`\n${first}`) + 1;
    if (!start) throw new Error(`${file} に、関数「${first.trim()}」がありません`);
    writeFileSync(path, whole.slice(0, start) + text + whole.slice(whole.indexOf("\n}\n", start) + 3));
  }
}
