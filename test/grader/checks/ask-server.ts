// サーバに頼み、答えを確かめる。値だけを見るもの (繰り返しや改行は問わない) と、1回だけ届くかを見るもの
import type { Sight } from "../report/failure.ts";
import { quote } from "../report/render.cjs";
import type { Peer } from "../process/peer.ts";

/** 頼んだことへの答えとしてよいもの */
export type ExpectedReply = { words: string; right: (text: string) => boolean };

/** サーバに頼むことと、その答え */
export type Question = { message: string; reply: ExpectedReply };

/** ちょうどこの文字列の答え */
export const exactly = (text: string | number): ExpectedReply => {
  return { words: quote(String(text)), right: (reply) => reply === String(text) };
};

/** どんな答えでもよい (正しさは、ほかの検査が問う) */
export const anything: ExpectedReply = { words: "何か", right: (text) => text !== "" };

/** 答えの残りを待つ限度 (ms) */
const restLimit = 500;

/** 答えや表示のあとに何も来ないことを確かめる長さ (ms) */
export const silence = 1000;

/** 接続1つで順に頼む。答えの値だけを見て、前の答えの繰り返しや改行は問わない (onlyOnce が問う) */
export class Conversation {
  peer: Peer;
  /** 何かが届いたことがあるか */
  heard = false;
  private past: string[] = [];

  constructor(peer: Peer) {
    this.peer = peer;
  }

  /**
   * 頼んで、正しい答えが届くまで待つ。
   * @throws {Failure} 違う答えが届いたとき、届く前に閉じられたとき、限度まで待ったとき
   */
  async ask({ message, reply }: Question) {
    const { peer } = this;
    const done = `${quote(message)}を送り、接続を開いたまま返事を待つ`;
    const sight = () => this.arrived() ?? peer.arrived() ?? this.stopped();
    const wait = { done, expected: `${reply.words}が届く`, sight };
    peer.send(message);
    await peer.until(() => this.right(reply) ?? (this.fresh() || undefined), wait);
    this.heard = true;
    const found = await peer.until(() => this.right(reply), { ...wait, limit: restLimit });
    peer.session.before.push(`${quote(message)}には、${quote(found)}が届きました`);
    this.past.push(found);
    peer.received = "";
  }

  /** 前には答えて、今度は何も届かないこと */
  private stopped(): Sight | undefined {
    if (!this.past.length || this.peer.over()) return undefined;
    const hint = "次のメッセージに進んでいません。送り終わりを待つ await が終わらないと、こうなります";
    return { saw: this.peer.tired(), hint };
  }

  /** 届いたもの (前の答えの繰り返しは除く)。なければ undefined */
  private arrived(): Sight | undefined {
    return this.fresh() ? { saw: `${quote(this.fresh())}が届きました`, arrived: true } : undefined;
  }

  /** 届いたもののうち、前の答えの繰り返しと前後の空白を除いたもの */
  private fresh(): string {
    let text = this.peer.received.trim();
    for (let again; (again = this.past.find((one) => text.startsWith(one))); ) text = text.slice(again.length).trim();
    return text;
  }

  /**
   * 届いたものが、正しい答えか、その繰り返しなら、その1回分。「4」のあとに「9」を待つとき、次のものは、みな「9」:
   * 「9\n」、「99」(2度答えた)、「9 (9)」(空白のあとは余分)、「49」と「4 9」(前の答えが残っている)、
   * 「94」(前の答えが遅れて届いた)
   */
  private right({ right }: ExpectedReply): string | undefined {
    const repeated = (text: string, one: string) => one !== "" && !text.replaceAll(one, "").trim();
    const halves = (text: string) => [text, text.slice(0, text.length / 2), text.split(/\s/)[0]];
    const once = (text: string) => halves(text).filter((one) => repeated(text, one));
    const rest = this.past.reduce((text, one) => text.replaceAll(one, ""), this.fresh()); // 遅れて届いた、前の答え
    return [this.peer.received.trim(), this.fresh(), rest.trim()].flatMap(once).find(right);
  }
}

/**
 * 答えは1回だけで、あとから何も来ず、次の答えにも残らないことを確かめる。答えの正しさは、ほかの検査が問う。
 * @throws {Failure} 答えに余分なものが付いているとき、あとから何か届いたとき、次の答えの前に、前の答えがまた届いたとき
 */
export async function onlyOnce(peer: Peer, { message, reply }: Question, next: Question) {
  const done = `${quote(message)}を送り、返事のあとも接続を開いたままにする`;
  const story = { done, expected: `${reply.words}が1回だけ届く` };
  peer.send(message);
  await peer.until(() => peer.received || undefined, story);
  await peer.quiet(() => peer.received.length > 1000 || undefined, silence); // いつまでも送り続けるものは、待たない
  const { received } = peer;
  const beginnings = Array.from(received, (_, i) => received.slice(0, received.length - i)); // 長い順
  const once = beginnings.find(reply.right) ?? received.trim();
  if (received !== once) await peer.fail(story, { saw: surplus(once, received) });

  peer.received = "";
  peer.send(next.message);
  await peer.quiet(() => peer.received || undefined, silence); // 2つ目に答えないことは、ほかの検査が問う
  const then = peer.received.trim();
  if (then === once || !then.startsWith(once) || next.reply.right(then)) return;
  const again = { done: `そのあと${quote(next.message)}を送る`, expected: `${next.reply.words}だけが届く` };
  await peer.fail(again, { saw: `前の答えと合わせて、${quote(peer.received)}が届きました` });
}

/** 余分なものが何かを言う */
function surplus(once: string, received: string): string {
  const more = received.slice(once.length);
  if (more === "\n" || more === "\r\n") return `${quote(once)}の終わりに、改行が付いています`;
  if (more.trim() === once) return `同じ答えが、もう一度届きました (${quote(received)})`;
  return `${quote(once)}のほかにも届きました (${quote(received)})`;
}
