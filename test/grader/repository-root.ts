// このリポジトリのいちばん上のフォルダ
import { resolve } from "node:path";

/** リポジトリのいちばん上のフォルダ */
export const root = resolve(import.meta.dirname, "../..");
