// 動いているプログラムの中から、起きたこと (listen した、つないだなど) の知らせを受け取る
import { readFileSync, watch, writeFileSync, type FSWatcher } from "node:fs";
import { join } from "node:path";
import type { State } from "../report/hints.ts";

/**
 * listen した所。asked はプログラムが頼んだポート番号、port は本当の番号、host はつなぐときのアドレス。
 * ポートでなく名前で待つなら、path だけ
 */
export type Listening = { asked: number; address: string; host: string; port: number; path?: string };

/** つないだ側が、何も受け取らないうちに、閉じ始めたか、終わったか */
export type Early = "closed" | "ended";

/** 知らせ1つ */
type Notice = {
  running?: true;
  listening?: Listening;
  connecting?: number;
  early?: Early;
  pid?: number;
  state?: State;
};

/** プログラムの中で起きたことの知らせ (preload.cjs がファイルに書く) を、書かれるたびに受け取る */
export class Notices {
  /** 知らせが書かれるファイル */
  file: string;
  /** プログラムが動き始めた */
  running = false;
  listened: Listening[] = [];
  /** つなごうとしたポート番号 */
  connecting: number[] = [];
  early: Early | undefined;
  /** プロセスの番号ごとの、今の様子 */
  states = new Map<number, State>();
  private read = 0;
  private watcher: FSWatcher;
  private changed: () => void;

  /**
   * @param folder 知らせのファイルを作るフォルダ
   * @param changed 知らせがあるたびに呼ぶもの
   */
  constructor(folder: string, changed: () => void) {
    this.file = join(folder, "events");
    this.changed = changed;
    writeFileSync(this.file, "");
    this.watcher = watch(folder, () => this.catchUp());
  }

  /** まだ読んでいない知らせを読む */
  catchUp() {
    const lines = readFileSync(this.file, "utf8").split("\n").slice(0, -1);
    const news = lines.slice(this.read);
    this.read = lines.length;
    for (const line of news) this.receive(JSON.parse(line));
  }

  private receive({ running, listening, connecting, early, pid, state }: Notice) {
    if (running) this.running = true;
    this.early ??= early;
    if (listening) this.listened.push({ ...listening, host: reachable(listening.address) });
    if (connecting !== undefined) this.connecting.push(connecting);
    if (pid && state) this.states.set(pid, state);
    this.changed();
  }

  /** 受け取るのをやめる */
  stop() {
    this.watcher.close();
  }
}

/** listen したアドレスに、つなぐときのアドレス */
const reachable = (address: string) => (address === "::" || address === "0.0.0.0" ? "127.0.0.1" : address);
