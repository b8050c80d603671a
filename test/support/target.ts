import { resolve } from "node:path";

/** リポジトリのいちばん上のフォルダ */
export const root = resolve(import.meta.dirname, "../..");

export const lessons = ["Socket1", "Socket2", "Practice1", "Practice2"];

/** 調べるレッスンがあるフォルダ。SUBMISSION がなければ、このリポジトリの答え */
export const target = process.env.SUBMISSION ? resolve(process.env.INIT_CWD ?? "", process.env.SUBMISSION) : root;
