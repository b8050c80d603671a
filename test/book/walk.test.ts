// 本 (README.md) を、初めから終わりまで、書いてあるとおりにたどる: コマンドを打ち、ファイルを変え、見えるものを比べる
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { transformSync } from "@swc/core";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { root } from "../grader/repository-root.ts";
import { units, type Unit } from "./readme.ts";
import { Terminal } from "./terminal.ts";

/** たどらないコマンドと、その訳。ほかは、みな動かす */
export const notRun: [command: RegExp, reason: string][] = [
  [/^npm ci$/m, "ネットワークが要る"],
  [/^npm test$/m, "このテストを、もう一度動かす"],
  [/^(strace|grep|ss|lsof|sudo|nc|printf) /m, "1つの種類の OS の道具"],
  [/^python3 /m, "Python があるとは限らない"],
  [/^node inspect /m, "新しい Node で、人が打つもの"],
];

/** 待つ時間のうち、短くするもの (ms) */
const shortened = (text: string) => text.replaceAll("5000", "500");

/** 本の中のポートを、移す先の空いている番号 */
async function freePorts() {
  const pairs: string[] = [];
  for (const port of [6000, 7001, 7003, 8000, 9000]) {
    for (let free = 0; !free; ) {
      const candidate = 10_000 + Math.floor(Math.random() * 20_000); // OS がクライアントに選ばない番号
      const server = createServer();
      free = await new Promise((done) => {
        server.once("error", () => done(0));
        server.listen(candidate, "127.0.0.1", () => server.close(() => done(candidate)));
      });
      pairs.push(...(free ? [`${port}:${free}`] : []));
    }
  }
  return pairs.join(" ");
}

let folder: string;
let terminals: Map<string, Terminal>;
const terminal = (name = "空いているターミナル") => terminals.get(name)!;

/**
 * リポジトリの写しと、npx の代わり (tsx を、余分なプログラムなしで動かす)。
 * tsx は、エラーの場所を見せる実験と、初めの対で使う。ほかは、型を先に取って動かす (CPU が4分の1)
 */
beforeAll(async () => {
  const outside = realpathSync(mkdtempSync(join(process.env.TEST_FOLDER!, "book-")));
  folder = join(outside, "book");
  const links = ["node_modules"];
  const copied = ["package.json", "tsconfig.json", "Socket1", "Socket2", "Practice1", "Practice2", "test"];
  mkdirSync(folder);
  for (const name of links) symlinkSync(join(root, name), join(folder, name));
  for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });

  const bin = join(outside, "bin");
  mkdirSync(bin);
  const script = (name: string, text: string) => writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  script("npx", `[ "$1" = tsx ] || exit 127
file=$2
if [ -f "${outside}/plain/$file.mjs" ]; then shift 2; exec node "${outside}/plain/$file.mjs" "$@"; fi
shift
exec node --import tsx "$@"`);
  script("npm", `unset NODE_OPTIONS\nPATH="${process.env.PATH}" exec npm "$@"`);
  const env = {
    HOME: process.env.HOME,
    PATH: `${bin}:${dirname(process.execPath)}:${process.env.PATH}`,
    TMPDIR: process.env.TEST_FOLDER,
    NODE_OPTIONS: `--require "${join(root, "test/book/moved-ports.cjs")}"`,
    MOVED_PORTS: await freePorts(),
  };
  terminals = new Map(["①", "②", "③", "空いているターミナル"].map((name) => [name, new Terminal(name, folder, env)]));
});
afterAll(() => terminals.forEach((one) => one.end()));

/** 画面のうち、人や機械や版によって違うところを除いたもの */
const lasting = (screen: string) =>
  screen
    .replaceAll(/\x1b\[\d*m|\r(?=\n)/g, "") // 色と、ウェブの改行
    .replaceAll(folder, "/home/you/book")
    .replace(/^\n?(> .*\n)+\n?/, "") // npm が、初めに言うこと
    .replace(/ \{\n( .*\n)*\}\n/, "\n") // エラーの、ほかの値
    .replace(/^node:.*\n[^]*?\n(?=\w*Error)/m, "") // Node の中の行
    .replaceAll(/^ +(at .*node:.*|\^)\n/gm, "")
    .replace(/\n+Node\.js v.*\n/, "\n")
    .replaceAll(/\n{2,}/g, "\n\n");

/** 2つの画面を比べられるようにする。OS が選んだ番号は、本の番号にする (同じ番号は、いつも同じ番号に) */
function compared(expected: string, { screen }: Terminal, numbers: Map<string, string>): [seen: string, wanted: string] {
  const wanted = lasting(expected);
  const printed = wanted.match(/\b\d{5,}\b/g) ?? [];
  const chosen = lasting(screen).match(/\b\d{5,}\b/g) ?? [];
  for (const [i, number] of chosen.entries())
    if (printed[i] && !numbers.has(number) && ![...numbers.values()].includes(printed[i])) numbers.set(number, printed[i]);
  const seen = lasting(screen).replaceAll(/\b\d{5,}\b/g, (number) => numbers.get(number) ?? number);
  // 「（略）」は、何行でもよい
  const any = wanted.split("（略）\n").map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return [new RegExp(`^${any.join("(?:.*\n)*")}$`).test(seen) ? wanted : seen, wanted];
}

/** 打つ行のそれぞれの前に、画面に見えているはずのもの */
function seenBefore(lines: string[], screen: string | undefined): (string | undefined)[] {
  let at = 0;
  return lines.map((line) => {
    if (screen === undefined) return undefined;
    const found = `\n${screen}`.indexOf(`\n${line}\n`, at);
    if (found < 0) throw new Error(`打つ「${line}」が、あとの画面にありません`);
    at = found + 1;
    return screen.slice(0, found);
  });
}

/** ファイルの中のその行を、ほかの行に替える */
function edit(file: string, diff: string) {
  const side = (mark: string) =>
    diff.split(/(?<=\n)/).filter((line) => line[0] === " " || line[0] === mark).map((line) => line.slice(1)).join("");
  const text = `\n${readFileSync(join(folder, file), "utf8")}`;
  const pieces = text.split(`\n${shortened(side("-"))}`);
  if (pieces.length !== 2) throw new Error(`${file} に、変える行は ${pieces.length - 1} か所あります:\n${side("-")}`);
  writeFileSync(join(folder, file), pieces.join(`\n${shortened(side("+"))}`).slice(1));
}

/** ファイルがなければ作り、あれば、その関数を入れ替える */
function write(file: string, text: string) {
  const path = join(folder, file);
  const [first] = text.match(/^(async )?function .*\n/) ?? [];
  if (!first) return writeFileSync(path, shortened(text), { flag: "wx" });
  const whole = readFileSync(path, "utf8");
  const start = whole.indexOf(`\n${first}`) + 1;
  if (!start) throw new Error(`${file} に、関数「${first.trim()}」がありません`);
  writeFileSync(path, whole.slice(0, start) + text + whole.slice(whole.indexOf("\n}\n", start) + 3));
}

/** npx の代わりが動かす、型のないプログラムを作る */
function removeTypes(command: string) {
  for (const [, file] of command.matchAll(/npx tsx (\S+\.ts)/g)) {
    const plain = join(folder, "../plain", `${file}.mjs`);
    mkdirSync(dirname(plain), { recursive: true });
    const jsc = { parser: { syntax: "typescript" }, target: "es2022" } as const;
    writeFileSync(plain, transformSync(readFileSync(join(folder, file), "utf8"), { jsc, swcrc: false }).code);
  }
}

/** 1つの実験を、書いてある順にたどる */
async function walk({ title, steps }: Unit) {
  const showsPlaces = steps.some(({ text }) => text.includes("/home/you/book"));
  rmSync(join(folder, "../plain"), { recursive: true, force: true });
  const numbers = new Map<string, string>();
  let last = terminal();
  const shown = new Set<Terminal>();
  const same = (text: string, one: Terminal) => {
    const [seen, wanted] = compared(text, one, numbers);
    return seen === wanted;
  };
  const succeeded = (one: Terminal) => {
    if (one.code && !shown.has(one)) throw new Error(`${one.name}: エラーで終わりました (${one.code})。\n${one.screen}`);
  };
  for (const [i, { kind, text, or, terminal: mark, file, line }] of steps.entries()) {
    const here = mark ? terminal(mark) : kind === "sh" ? terminal() : last;
    const does: Record<string, () => unknown> = {
      async sh() {
        last = here;
        if (notRun.some(([command]) => command.test(text))) return;
        await here.until(() => !here.busy, "前のコマンドが終わる");
        succeeded(here);
        shown.delete(here);
        if (!showsPlaces && title !== "動かしてみる") removeTypes(text);
        await here.run(text);
      },
      async input() {
        last = here;
        const rest = steps.slice(i + 1);
        const screen = rest.find((step) => step.kind === "text" && (step.terminal ?? here.name) === here.name)?.text;
        const typed = text.trimEnd().split("\n");
        for (const [at, before] of seenBefore(typed, screen).entries()) {
          if (before !== undefined) await here.until(() => same(before, here), `\n${before}と表示される`);
          here.type(typed[at]);
        }
      },
      async text() {
        await here.until(() => same(text, here) || !here.busy, `\n${text}と表示される`);
        if (here.busy) await setTimeout(100); // ほかのものが続かないこと
        const [seen, wanted] = compared(or && same(or, here) ? or : text, here, numbers);
        expect(seen).toBe(wanted);
        shown.add(here);
      },
      diff: () => edit(file!, text),
      ts: () => void (file?.startsWith("my/") && write(file, text)),
      put: () => cpSync(join(root, text), join(folder, file!), { recursive: true }),
      key: () => here.interrupt(),
    };
    try {
      await does[kind]?.();
    } catch (error) {
      throw new Error(`README.md の ${line} 行: ${(error as Error).message}`);
    }
  }
  for (const one of terminals.values()) {
    await one.until(() => !one.busy, "終わる (終わらせないと、次の実験が始められません)");
    succeeded(one);
    if (one.port) throw new Error(`${one.name} に、PORT=${one.port} が残っています`);
  }
}

describe("本を歩く", () => {
  const walked = units.filter(({ steps }) => steps.some(({ kind }) => kind !== "mermaid"));
  test.each(walked)("$line 行: $title", async (unit) => {
    try {
      await walk(unit);
    } finally {
      for (const one of terminals.values()) {
        one.end();
        await one.until(() => !one.busy, "終わる");
        [one.port, one.code] = ["", 0];
      }
    }
  });
});
