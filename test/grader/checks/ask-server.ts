// サーバに頼み、答えを確かめる。値だけを見るもの (ask) と、1回だけ届くかを見るもの (onlyOnce)
import type { Failure } from "../report/failure.ts";
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
export const silence = 800;

/** つないだあと、まだ頼まないうちに何も来ないことを確かめる長さ (ms) */
const glance = 300;

/** 余分なもの (改行も) の付いた答えと、それが空白だけか */
export type Surplus = { received: string; onlySpace: boolean };

/** 接続1つで順に頼む */
export class Conversation {
  peer: Peer;
  /** 頼んだあとで、何かが届いたことがあるか */
  heard = false;
  /** 頼んだことのうち、何か答えのあったもの */
  asked: Question[] = [];
  /** 届いた正しい答えと、その問い。新しい順。遅れて、もう一度届くことがある */
  private past: { answer: string; question: Question }[] = [];
  private last: Question | undefined;
  /** last への、正しい答え。まだなら undefined */
  private found: string | undefined;
  private extra: Surplus | undefined;

  /** CPU を休みなく使っているか。使っていれば、何を待っているかは試さない */
  private spinning: () => unknown;

  constructor(peer: Peer, spinning: () => unknown = () => false) {
    this.peer = peer;
    this.spinning = spinning;
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
   * 頼んで、正しい答えが届くまで待つ。前後の空白は問わない。
   * @throws {Failure} 違う答えが届いたとき、届く前に閉じられたとき、限度まで待ったとき
   */
  async ask(question: Question) {
    const { message, reply } = question;
    const { peer } = this;
    const done = `${quote(message)}を送り、接続を開いたまま返事を待つ`;
    const sight = () => {
      const arrived = peer.arrived();
      return arrived && { ...arrived, hint: question.slips?.[peer.received.trim()] };
    };
    const wait = { done, expected: `${reply.words}が届く`, sight };
    this.surplus();
    this.last = question;
    this.found = undefined;
    peer.received = "";
    peer.send(message);
    const right = () => reply.right(peer.received.trim()) || undefined;
    const failure = await failing(async () => {
      await peer.until(() => peer.received || undefined, wait);
      this.heard = true;
      this.asked.push(question);
      if (!(await peer.quiet(right, restLimit))) {
        const near = this.surplus() && this.within(reply); // 余分なもののある、正しい答え
        if (near !== undefined) this.past.unshift({ answer: near, question });
        await peer.fail(wait, sight());
      }
      peer.session.before.push(`${quote(message)}には、${quote(peer.received.trim())}が届きました`);
      this.found = peer.received.trim();
      this.past.unshift({ answer: this.found, question });
    });
    if (failure && !peer.received && !peer.over() && !this.spinning()) await this.findCause(failure, question);
    if (failure) throw failure;
  }

  /** これまでに、答えに余分なものが付いて届いたか */
  surplus(): Surplus | undefined {
    const { last, found, peer } = this;
    const { received } = peer;
    if (!last || !received || received === (found ?? "")) return this.extra;
    if (last.reply.right(received) && received === `${found}.0`) return this.extra; // 小数点から先が、分かれて届いた
    const onlySpace = received.trim() === found;
    if ((found ?? this.within(last.reply)) !== undefined) this.extra ??= { received, onlySpace };
    return this.extra;
  }

  /**
   * 届いたものを、正しい答えと、前の答えと、空白や記号とに分けられるなら、その正しい答え。
   * 「4」のあとに「9」を待つとき、次のものは、みな「9」: 「99」や「9 (9)」(2度答えた)、
   * 「49」(前の答えが残っている)、「94」(前の答えが遅れて届いた)
   */
  private within({ right }: ExpectedReply): string | undefined {
    const text = this.peer.received.trim();
    const answers = new Set(this.past.map(({ answer }) => answer));
    if (text.length > 3000 || answers.has(text)) return undefined; // 前の答えそのものは、違う答え
    const split: (string | undefined)[] = [""]; // そこまで分けられたなら、その中の正しい答え (まだなければ、空)
    for (let i = 0; i < text.length; i++) {
      const before = split[i];
      if (before === undefined) continue;
      const reach = (length: number, found = before) => (split[i + length] ||= found);
      if (/[\s()[\],;:=]/.test(text[i])) reach(1);
      for (const answer of answers) if (text.startsWith(answer, i)) reach(answer.length);
      for (let length = 1; length <= 40; length++)
        if (right(text.slice(i, i + length))) reach(length, before || text.slice(i, i + length));
    }
    return split[text.length] || undefined;
  }

  /** 余分なものの中に、前の問いの答えがあれば、その問い (いちばん長い答えのもの) */
  latecomer(): Question | undefined {
    const { found, last, past, peer } = this;
    const extra = peer.received.replace(found ?? this.within(last!.reply) ?? "", "");
    const late = past.filter(({ answer, question }) => question !== last && extra.includes(answer));
    return late.sort((a, b) => b.answer.length - a.answer.length)[0]?.question;
  }

  /** 届いたものは、余分なもののある答えではなく、違う答えだった */
  forgetSurplus() {
    this.last = this.found = this.extra = undefined;
  }

  /** 何も答えないサーバが、何を待っているかを、試して言う */
  private async findCause({ report }: Failure, { message }: Question) {
    const { peer } = this;
    const heard = () => peer.quiet(() => peer.received || undefined, hurry);
    peer.send(this.asked[0]?.message ?? message); // 前に答えたこと。なければ、もう一度同じこと
    if (await heard()) return void (report.hint = "そのあとにもう一度送ると、何かが届きました");
    const stuck = "次のメッセージを受け取っていません。くり返し受け取るか (once でなく)、終わらない await がないかです";
    if (this.asked.length) return void (report.hint = stuck);
    peer.send("\n");
    const newline = await heard();
    if (newline) report.saw += "。改行を送ると答えました";
    if (newline) return void (report.hint = "改行を待たずに、届いたところで答えます");
    peer.socket.end();
    if (!(await heard())) return;
    report.saw += "。送り終えると答えました";
    report.hint = "接続が終わるのを待たずに、届いたところで答えます (end ではなく、data か for await の中)";
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
export async function onlyOnce(peer: Peer, { message, reply }: Question, next?: Question) {
  const done = `${quote(message)}を送り、返事のあとも接続を開いたままにする`;
  const story = { done, expected: `${reply.words}が1回だけ届く` };
  peer.send(message);
  await peer.until(() => peer.received || undefined, story);
  await peer.quiet(() => peer.received.length > 1000 || undefined, silence); // いつまでも送り続けるものは、待たない
  const { received } = peer;
  const beginnings = Array.from(received, (_, i) => received.slice(0, received.length - i)); // 長い順
  const once = beginnings.find(reply.right) ?? received.trim();
  if (received !== once) await peer.fail(story, { saw: surplus(once, received) });

  if (!next) return;
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
