// 型: レッスンについての事実 (ポート、表示する行など) と、検査1つの形
import type { Grading } from "./grading.ts";

/** クライアントがたずねる行と、それが出てから打つ言葉 */
export type Prompt = { lines: string[]; type: string };

/** 検査1つ */
export type Check = {
  /** 何を調べるか */
  name: string;
  /** どちらのプログラムの検査か、合わせる検査か */
  part: "server" | "client" | "pair";
  /** サーバを手で動かすときのように起動する検査。どこでも待ち始めなければ、opening の検査は試さない */
  starting?: true;
  /** サーバに初めてたずねる検査。答えがなければ、needsReply の検査は試さない */
  opening?: true;
  needsReply?: true;
  /** 調べる。 @throws {Failure} 合格でないとき */
  run: (grading: Grading) => Promise<void>;
};

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

export type Lesson = Facts & { checks: Check[] };
