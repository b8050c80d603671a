// 型: レッスンについての事実 (ポート、表示する行など) と、検査
import type { Failure } from "../report/failure.ts";
import type { Grading } from "./grading.ts";

/** クライアントがたずねる行と、それが出てから打つ言葉 */
export type Prompt = { lines: string[]; type: string };

/** どちらのプログラムの検査か、合わせる検査か */
export type Part = "server" | "client" | "pair";

/** 検査1つ */
export type Check = {
  /** プログラムのための名前 (ASCII)。変えない */
  id: string;
  /** 何を調べるか */
  name: string;
  part: Part;
};

/** 落ちた検査の id と、その失敗 */
export type Failures = Record<string, Failure>;

/** レッスンについて、教科書と問題文が言うこと */
export type Facts = {
  name: string;
  /** PORT がないときのポート番号 */
  port: number;
  /** サーバが受け付けるクライアントの数 */
  clients: "one" | "many";
  /** クライアントがたずねる行と、見本として打つ言葉 */
  prompts: Prompt[];
  /** 見本として、クライアントが送るもの */
  message: string;
  /** それへの、サーバの答え */
  reply: string;
  /** クライアントが、答えを受け取ってから表示する行 */
  result: (reply: string) => string[];
  /** サーバが、port 番で待ち始めたときに表示する行 */
  starts: (port: number) => string;
  /** 見本のクライアントが1つ来て去るまでに、サーバがそのあとに表示する行 */
  serves: string[];
};

export type Lesson = Facts & {
  checks: Check[];
  /** 検査を、部分ごとにまとめて行うもの */
  examine: Record<Part, (grading: Grading) => Promise<Failures>>;
};
