// プログラムの標準入力、標準出力、標準エラーにする、シェルが作るのと同じパイプ
import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, unlinkSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";

const { O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants;

/** 名前のあるパイプ (FIFO) の作り置き。1つずつ mkfifo を動かすより早い */
const made: string[] = [];

/** FIFO を開き、名前は消す。 @param open 開いて、両側の番号を返す関数 */
function useFifo(open: (path: string) => { theirs: number; ours: number }) {
  if (!made.length) {
    const folder = mkdtempSync(join(process.env.TEST_FOLDER!, "pipes-"));
    made.push(...Array.from({ length: 12 }, (_, i) => join(folder, String(i))));
    spawnSync("mkfifo", made);
  }
  const path = made.pop()!;
  const ends = open(path);
  unlinkSync(path);
  return ends;
}

/** プログラムが読む側の標準入力と、こちらが書く側 */
const input = () =>
  useFifo((path) => {
    const both = openSync(path, O_RDWR | O_NONBLOCK); // 相手がいないと、読む側は開いたところで待ってしまう
    const ends = { theirs: openSync(path, O_RDONLY), ours: openSync(path, O_WRONLY | O_NONBLOCK) };
    closeSync(both);
    return ends;
  });

/** プログラムが書く側の標準出力と、こちらが読む側 */
const output = () =>
  useFifo((path) => {
    const ours = openSync(path, O_RDONLY | O_NONBLOCK);
    return { theirs: openSync(path, O_WRONLY), ours };
  });

/**
 * パイプを3つ作る。Node の "pipe" はソケットの対で、子プロセスの中で /dev/stdin として開けない
 * @returns 子プロセスに渡す番号と、渡したあとで閉じる関数と、こちらの側を読み書きするソケットを作る関数
 */
export function shellPipes() {
  const pipes = [input(), output(), output()];
  return {
    theirs: pipes.map(({ theirs }) => theirs),
    closeTheirs: () => pipes.forEach(({ theirs }) => closeSync(theirs)),
    ours: () => {
      const socket = (fd: number, i: number) => new Socket({ fd, readable: i > 0, writable: i === 0 });
      const [stdin, stdout, stderr] = pipes.map(({ ours }, i) => socket(ours, i));
      return { stdin, stdout, stderr };
    },
  };
}
