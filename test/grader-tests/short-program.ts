// 採点のテストに共通の道具: 一時フォルダ、テストごとのセッション、短いプログラムを動かすこと
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach } from "@jest/globals";
import type { LaunchOptions } from "../grader/process/launch.ts";
import { Program } from "../grader/process/program.ts";
import { Session } from "../grader/process/session.ts";

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
