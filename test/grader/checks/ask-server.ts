// サーバに頼み、答えを確かめる。値だけを見るもの (ask) と、1回だけ届くかを見るもの (onlyOnce)
import type { Failure, Sight } from "../report/failure.ts";
import { quote } from "../report/render.ts";
import type { Peer } from "../process/peer.ts";
import { hurry } from "./check-tools.ts";
import { failing } from "./grading.ts";

/** 頼んだことへの答えとしてよいもの */
export type ExpectedReply = { words: string; right: (text: string) => boolean };

/** サーバに頼むことと、その答え */
export type Question = {
  message: string;
  reply: ExpectedReply;
  /** どの検査のためにたずねるか (id)。2つ目からは、それで落ちていれば、この答えの訳にもなる検査 */
  about: string[];
  /** この答えなら、この書き損じ */
  slips?: Record<string, string>;
};

/** ちょうどこの文字列の答え */
export const exactly = (text: string | number): ExpectedReply => {
  return { words: quote(String(text)), right: (reply) => reply === String(text) };
};

/** どんな答えでもよい */
const anything: ExpectedReply = { words: "何か", right: (text) => text !== "" };

/** 答えの残りを待つ限度 (ms) */
const restLimit = 500;

/** 答えや表示のあとに何も来ないことを確かめる長さ (ms) */
export const silence = 1000;

/** つないだあと、まだ頼まないうちに何も来ないことを確かめる長さ (ms) */
const glance = 300;

/** 余分なもの (改行も) の付いた答えと、それが空白だけか */
type Surplus = { received: string; onlySpace: boolean };

/** 接続1つで順に頼む */
export class Conversation {
  peer: Peer;
  /** 頼んだあとで、何かが届いたことがあるか */
  heard = false;
  /** 頼んだことのうち、答えのあったもの */
  asked: string[] = [];
  private past: string[] = [];
  private last: Question | undefined;
  private extra: Surplus | undefined;

  constructor(peer: Peer) {
    this.peer = peer;
  }

  /** 頼む前に、何も届かないこと。 @throws {Failure} 届いたとき */
  async awaitsQuestion() {
    const { peer } = this;
    if (!(await peer.quiet(() => peer.received || undefined, glance))) return;
    const story = { done: "サーバにつなぎ、まだ何も送らない", expected: "何も届かない" };
    const hint = "つながったところでなく、メッセージが届いたところで答えます (data か for await の中)";
    const failure = await failing(() => peer.fail(story, { ...peer.arrived()!, hint }));
    peer.received = "";
    throw failure;
  }

  /**
   * 頼んで、正しい答えが届くまで待つ。
   * @throws {Failure} 違う答えが届いたとき、届く前に閉じられたとき、限度まで待ったとき
   */
  async ask(question: Question) {
    const { message, reply } = question;
    const { peer } = this;
    const done = `${quote(message)}を送り、接続を開いたまま返事を待つ`;
    const hint = () => question.slips?.[peer.received.trim()];
    const sight = () => {
      const arrived = this.arrived() ?? peer.arrived();
      return arrived && { ...arrived, hint: hint() };
    };
    const wait = { done, expected: `${reply.words}が届く`, sight };
    this.surplus();
    this.last = undefined;
    peer.received = "";
    peer.send(message);
    const right = () => reply.right(peer.received.trim()) || undefined;
    const failure = await failing(async () => {
      await peer.until(() => peer.received || undefined, wait);
      this.heard = true;
      this.asked.push(message);
      await peer.quiet(() => right() ?? (this.fresh() || undefined), hurry); // 前の答えの繰り返しなら、そのあとも待つ
      await peer.quiet(right, restLimit);
      const found = this.within(reply) ?? (await peer.fail(wait, sight()));
      peer.session.before.push(`${quote(message)}には、${quote(peer.received.trim())}が届きました`);
      this.past = [...this.past.slice(-2), found];
      this.last = question;
    });
    if (failure && !peer.received && !peer.over()) await this.findCause(failure, question);
    if (failure) throw failure;
  }

  /** これまでに、答えに余分なものが付いて届いたか */
  surplus(): Surplus | undefined {
    const right = this.last?.reply.right;
    const { received } = this.peer;
    if (right && !right(received)) this.extra ??= { received, onlySpace: right(received.trim()) };
    return this.extra;
  }

  /** 何も答えないサーバが、何を待っているかを、試して言う */
  private async findCause({ report }: Failure, { message }: Question) {
    const { peer } = this;
    const heard = () => peer.quiet(() => peer.received || undefined, hurry);
    if (this.past.length) report.hint ??= "次のメッセージに進んでいません。終わらない await があると、こうなります";
    if (peer.session.hung && this.past.length) return;
    peer.send(message); // どのメッセージにでも、遅れて答えるなら、改行のせいではない
    if (await heard()) return void (report.hint = "もう一度送ると、何かが届きました");
    peer.send("\n");
    const newline = await heard();
    if (newline) report.saw += "。改行を送ると答えました";
    if (newline) return void (report.hint = "改行を待たずに、届いたところで答えます");
    peer.socket.end();
    if (!(await heard())) return;
    report.saw += "。送り終えると答えました";
    report.hint = "接続が終わるのを待たずに、届いたところで答えます (end ではなく、data か for await の中)";
  }

  /** 届いたもの (前の答えの繰り返しは除く)。なければ undefined */
  private arrived(): Sight | undefined {
    return this.fresh() ? { saw: `${quote(this.fresh())}が届きました`, arrived: true } : undefined;
  }

  /** 届いたもののうち、前の答えの繰り返しと、前後の空白を除いたもの */
  private fresh(): string {
    let text = this.peer.received.trim();
    for (let again; (again = this.past.find((one) => text.startsWith(one))); ) text = text.slice(again.length).trim();
    return text;
  }

  /**
   * 届いたものの中の、正しい答え。余分なものがあってもよい (onlyOnce が問う)。
   * 「4」のあとに「9」を待つとき、次のものは、みな「9」: 「99」(2度答えた)、「9 (9)」(空白のあとは余分)、
   * 「49」と「4 9」(前の答えが残っている)、「94」(前の答えが遅れて届いた)
   */
  private within({ right }: ExpectedReply): string | undefined {
    const whole = this.peer.received.trim();
    const repeated = (text: string, one: string) => one !== "" && !text.replaceAll(one, "").trim();
    const halves = (text: string) => [text, text.slice(0, text.length / 2), text.split(/\s/)[0]];
    const once = (text: string) => halves(text).filter((one) => repeated(text, one));
    const rest = this.past.reduce((text, one) => text.replaceAll(one, ""), this.fresh()); // 遅れて届いた、前の答え
    return [whole, this.fresh(), rest.trim()].flatMap(once).find(right);
  }

  /** 何か答えるのを待つ。答えの正しさは問わない。引数と例外は ask と同じ */
  askAnything(message: string) {
    return this.ask({ message, reply: anything, about: [] });
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
