// 検査が送ったり打ったりする、走らせるたびに違う値
/** 検査の中で使う値。seed と名前が同じなら、同じになる */
export class Values {
  private state: number;

  /** @param name 何の値か。それごとに違う値になる */
  constructor(seed: number, name: string) {
    const mix = (sum: number, char: string) => Math.imul(sum ^ char.codePointAt(0)!, 0x01000193);
    this.state = [...`${seed} ${name}`].reduce(mix, 0x811c9dc5);
  }

  /** min 以上 max 以下の整数 */
  integer(min: number, max: number): number {
    // mulberry32
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return min + (((t ^ (t >>> 14)) >>> 0) % (max - min + 1));
  }

  /** ちょうど digits 桁の、正の整数 */
  digits(digits: number): number {
    return this.integer(10 ** (digits - 1), 10 ** digits - 1);
  }

  /** どの行とも紛れない、短い言葉 */
  word(): string {
    return `${["りんご", "みかん", "ぶどう", "さくら", "すみれ"][this.integer(0, 4)]}${this.integer(100, 999)}`;
  }

  /** 順番を混ぜたもの */
  shuffled<T>(items: T[]): T[] {
    const keyed = items.map((item) => ({ item, key: this.integer(0, 2 ** 30) }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }
}
