import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(import.meta.url);

/** 提出フォルダを調べる関数 (submission.cjs) */
export const { lessons, isFolder, isFile, hint, refusal }: {
  lessons: string[];
  isFolder: (path: string) => boolean;
  isFile: (path: string) => boolean;
  hint: (folder: string, names: string[]) => string;
  refusal: (submission: string | undefined, folder: string, names: string[]) => string | undefined;
} = require("./submission.cjs");

/** リポジトリのいちばん上のフォルダ */
export const root = resolve(import.meta.dirname, "../..");

/** 調べるレッスンがあるフォルダ。SUBMISSION がなければ、このリポジトリの答え */
export const target = process.env.SUBMISSION ? resolve(process.env.INIT_CWD ?? "", process.env.SUBMISSION) : root;
