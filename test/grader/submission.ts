// 提出されたものを読み、採点のための写しを、ほかのだれのものとも、もとの場所とも関わりのない所に作る
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { isFile, isFolder } from "./files.ts";
import { names } from "./lessons/all.ts";
import { root } from "./repository-root.ts";

/** 中身か、リンクの先 */
type Entry = { content: Buffer } | { link: string };

/** これより大きなファイルと、読めないファイルは、リンクにする (バイト) */
const large = 2 ** 20;

function fileEntry(path: string, size: number): Entry {
  if (size > large) return { link: path };
  try {
    return { content: readFileSync(path) };
  } catch {
    return { link: path };
  }
}

/** 提出されたもの。読んだときのままで、あとから変えられても、変わらない */
export class Submission {
  /** もとの場所 */
  folder: string;
  private entries = new Map<string, Entry>();
  private packages: string | undefined;

  /** @throws {Error} 読めないとき */
  constructor(folder: string) {
    this.folder = realpathSync(folder);
    this.read("");
    for (let at = this.folder; dirname(at) !== at && !this.packages; at = dirname(at))
      if (at !== this.folder && isFolder(join(at, "node_modules"))) this.packages = join(at, "node_modules");
  }

  private read(path: string) {
    for (const name of readdirSync(join(this.folder, path)).filter((name) => name !== ".git")) {
      const inside = join(path, name);
      const full = join(this.folder, inside);
      const stat = lstatSync(full);
      if (name === "node_modules") this.entries.set(inside, { link: full });
      else if (stat.isDirectory()) this.read(inside);
      else if (stat.isSymbolicLink()) this.entries.set(inside, { link: this.target(full) });
      else if (stat.isFile()) this.entries.set(inside, fileEntry(full, stat.size));
    }
  }

  /** リンクの先。提出フォルダの外なら、もとの場所のもの */
  private target(link: string): string {
    const written = readlinkSync(link);
    const full = resolve(dirname(link), written);
    const outside = relative(this.folder, full).startsWith("..");
    return isAbsolute(written) && !outside ? relative(dirname(link), full) : outside ? full : written;
  }

  /** 写しのファイルが、読んだときのままか */
  isIntact(copy: string): boolean {
    return [...this.entries].every(([path, entry]) => {
      const full = join(copy, path);
      return !("content" in entry) || (isFile(full) && readFileSync(full).equals(entry.content));
    });
  }

  /** 採点するレッスン: 名指しされたもの。なければ、フォルダのあるもの */
  lessons(named: string[] = []): string[] {
    return named.length ? named : names.filter((lesson) => isFolder(join(this.folder, lesson)));
  }

  /** 2つのファイルが、この教材の答えと1文字も違わないか */
  isModelAnswer(lesson: string): boolean {
    return ["server.ts", "client.ts"].every((file) => {
      const entry = this.entries.get(join(lesson, file));
      const answer = join(root, lesson, file); // 答えのない写しを配る先生もいる
      return entry && "content" in entry && existsSync(answer) && entry.content.equals(readFileSync(answer));
    });
  }

  /**
   * 写しを作る。どこに置かれていても同じに動くように、上のフォルダの package.json の代わりに、中身に合うものを置く。
   * @returns 写しのフォルダ
   */
  async copy(): Promise<string> {
    const home = mkdtempSync(join(process.env.TEST_FOLDER!, "submission-"));
    if (this.packages) link(this.packages, join(home, "node_modules"));
    const folder = join(home, "submission");
    mkdirSync(folder);
    for (const [path, entry] of this.entries) {
      const full = join(folder, path);
      mkdirSync(dirname(full), { recursive: true });
      if ("content" in entry) writeFileSync(full, entry.content);
      else link(entry.link, full);
    }
    for (const lesson of this.lessons()) {
      const own = realpathSync(join(folder, lesson));
      if (relative(folder, own).startsWith("..") || governed(own, folder)) continue;
      const sources = readdirSync(own).filter((file) => /\.[cm]?[jt]sx?$/.test(file) && isFile(join(own, file)));
      const modules = await Promise.all(sources.map((file) => isModule(readFileSync(join(own, file), "utf8"))));
      const type = modules.includes(true) ? "module" : "commonjs";
      writeFileSync(join(own, "package.json"), JSON.stringify({ type }));
    }
    return folder;
  }
}

/** クラスの1人の提出。読めなければ、その訳 */
export type Handed = { name: string; submission?: Submission; unreadable?: string };

/**
 * 初めに、みなの提出を読む。あとで、だれかのプログラムがほかの人のファイルを変えても、変わらない
 * @param folder みなの提出フォルダの入ったフォルダ
 * @param named 名指しされたレッスン。なければ、1つもレッスンのない人は、採点できない
 */
export const readAll = (folder: string, learners: string[], named: string[]): Handed[] =>
  learners.map((name) => {
    const home = join(folder, name);
    if (!isFolder(home)) return { name, unreadable: `提出フォルダがありません: ${home}` };
    try {
      const submission = new Submission(home);
      if (submission.lessons(named).length) return { name, submission };
      return { name, unreadable: "レッスンのフォルダがありません" };
    } catch (error) {
      return { name, unreadable: `提出フォルダを読めません (${(error as NodeJS.ErrnoException).code}): ${home}` };
    }
  });

/** リンクを作る。作ることを許さない Windows では、作らずに、写しもしない (パッケージなどは、使えないことになる) */
function link(target: string, path: string) {
  try {
    symlinkSync(target, path, "junction"); // フォルダなら、Windows でも、だれでも作れる
  } catch (error) {
    if (process.platform !== "win32") throw error;
  }
}

/** path から top までのどこかに、package.json があるか */
function governed(path: string, top: string): boolean {
  return existsSync(join(path, "package.json")) || (path !== top && governed(dirname(path), top));
}

const require = createRequire(import.meta.url);

/** ES モジュールとしてでなければ動かないか。tsx が使う変換の道具に、CommonJS にできるかを聞く */
async function isModule(code: string): Promise<boolean> {
  if (/\bimport\.meta\b/.test(code)) return true;
  if (!/\bawait\b/.test(code)) return false;
  const { transform } = createRequire(require.resolve("tsx"))("esbuild");
  const error = await transform(code, { loader: "ts", format: "cjs", logLevel: "silent" }).catch(String);
  return String(error).includes("Top-level await");
}
