// 一度に起動するプログラムの数を限る
import { availableParallelism } from "node:os";

/** この1つのプロセスの中で、あといくつ、同時に起動してよいか。起動は CPU を使い切るので、一度に始めると遅くなる */
let free = availableParallelism() + 1;
const waiting: (() => void)[] = [];

/**
 * 起動してよくなるのを待つ。あとから頼まれたものが先: 2つ目を起動する検査では、1つ目がもう動いて待っている。
 * @returns 空けて次に渡す関数。何度呼んでもよい
 */
export async function takeStartSlot(): Promise<() => void> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  let mine = true;
  return () => {
    if (!mine) return;
    mine = false;
    const next = waiting.pop();
    if (next) next();
    else free++;
  };
}
