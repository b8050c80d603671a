// 検査が送ったり打ったりする、走らせるたびに違う値
/** 検査の中で使う値。走らせるたびに違うが、環境変数 SEED が同じなら同じになる */
export class Values {
  private state: number;

  /** @param name 検査か、検査の組の名前。それごとに違う値になる */
  constructor(name: string) {
    const mix = (sum: number, char: string) => Math.imul(sum ^ char.codePointAt(0)!, 0x01000193);
    this.state = [...`${process.env.SEED} ${name}`].reduce(mix, 0x811c9dc5);
  }

  /** min 以上 max 以下の整数 */
  integer(min: number, max: number): number {
    // mulberry32
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return min + (((t ^ (t >>> 14)) >>> 0) % (max - min + 1));
  }

  /** どの行とも紛れない、短い言葉 */
  word(): string {
    return `${["りんご", "みかん", "ぶどう", "さくら", "すみれ"][this.integer(0, 4)]}${this.integer(100, 999)}`;
  }
}
