// 採点のテストに共通の道具: 一時フォルダ、テストごとのセッション、短いプログラムや、思いのままのプログラムを動かすこと
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach } from "@jest/globals";
import type { LaunchOptions } from "../grader/process/launch.ts";
import type { Listening } from "../grader/process/notices.ts";
import { Program } from "../grader/process/program.ts";
import { Session } from "../grader/process/session.ts";
import { Waitable } from "../grader/process/waitable.ts";
import { wholeLines } from "../grader/report/lines.ts";

/** テストの一時フォルダの中の、新しいフォルダ */
export const temporary = () => mkdtempSync(join(process.env.TEST_FOLDER!, "temporary-"));

/** 今のテストのセッション */
export let session: Session;

/**
 * テストごとに、新しいセッションを使う。
 * @param patience 1つのことを待つ限度 (ms)
 */
export function useSession(patience: number) {
  beforeEach(() => void (session = new Session(patience)));
  afterEach(() => session.end());
}

/** プログラムを、今のテストのセッションで動かす。 @param code その中身 (TypeScript) */
export function start(code: string, options: LaunchOptions = {}) {
  const file = join(temporary(), "program.ts");
  writeFileSync(file, code);
  return Program.start(session, file, { plain: true, ...options });
}

/** 思いのままに表示するプログラム (Program の代わり) */
export class Puppet extends Waitable {
  name = "server.ts";
  stdout = "";
  code: number | undefined;
  listened: Listening[] = [];
  connecting: number[] = [];
  over = () => (this.code === undefined ? undefined : "終わりました");
  lines = () => wholeLines(this.stdout);
  spinning = (): string | undefined => undefined;

  type = (text: string) => this.emit("typed", text);

  print(text: string) {
    this.stdout += text;
    this.emit("change");
  }

  /** この行が表示されるのを待つ */
  shows(line: string) {
    return this.until(() => this.lines().includes(line) || undefined, { done: "動かす", expected: line });
  }
}
