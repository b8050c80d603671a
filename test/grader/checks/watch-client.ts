// 提出されたクライアントを、テストのサーバを相手に1回動かし、
// たずねたもの、送ったもの、表示したもの、終わり方の合否を決める
import { Failure, untried, type Sight } from "../report/failure.ts";
import { difference, toLines, withoutTail } from "../report/lines.ts";
import type { Program } from "../process/program.ts";
import { quote } from "../report/render.ts";
import { listen, type Peer } from "../process/peer.ts";
import { hurry, type CheckTools } from "./check-tools.ts";
import type { Failures, Prompt } from "./lesson.ts";
import { differing } from "./displayed-lines.ts";

/** 次の言葉を打つ前に、先走っていないことを確かめる長さ (ms) */
const glance = 300;

/** ゆっくり打つ人が、初めの言葉を打つまでの長さ (ms) */
export const slowTyping = 2000;

/** クライアントを動かす1回分の筋書き */
export type Script = {
  prompts: Prompt[];
  /** 届くはずのもの */
  wire: string;
  /** テストのサーバの答え */
  reply: string;
  /** 答えのあとに表示するはずの行 */
  result: string[];
  /** 初めの言葉を打つまでの長さ (ms)。あれば、そのほかでは待たない */
  slow?: number;
};

/** クライアントを動かして見たもの。うまくいったことは undefined */
type Seen = { asks?: Failure; sends?: Failure; shows?: Failure; ends?: Failure };

/** クライアントを、テストのサーバを相手に1回動かし、初めから終わりまで見る */
export class ClientWatch {
  seen: Seen = {};
  private tools: CheckTools;
  private script: Script;
  private program!: Program;
  private peer: Peer | undefined;
  /** ここまでに、たずねるはずの行 */
  private asked: string[] = [];
  /** 何かを送った */
  private sent = false;
  /** ここまでに打った言葉 */
  private typed: string[] = [];

  constructor(tools: CheckTools, script: Script) {
    this.tools = tools;
    this.script = script;
  }

  /** @param greeted 教科書の言葉でたずねるたびに呼ぶもの */
  async watch(greeted = () => {}): Promise<Failures> {
    const raw = await listen(this.tools.session, true);
    this.program = await this.tools.startClient(raw.port);
    this.program.on("change", () => (this.peer ??= raw.next()));
    for (const prompt of this.script.prompts) {
      await this.checkPrompts(prompt);
      if (!this.seen.asks) greeted();
      await this.waits(prompt);
      this.program.type(`${prompt.type}\n`);
      this.typed.push(prompt.type);
    }
    await this.sends();
    if (!this.sent && this.typed.length && !this.program.over()) await this.tryEndOfInput();
    this.reply();
    await this.ends();
    await this.shows();
    return this.seen as Failures;
  }

  /** body の失敗を、見たものに加える。先の失敗が優先 */
  private async look(aspect: keyof Seen, body: () => Promise<unknown>) {
    await body().catch((error) => {
      if (!(error instanceof Failure)) throw error;
      this.seen[aspect] ??= error;
    });
  }

  /** 待つ限度 (ms) */
  private get limit() {
    return Object.keys(this.seen).length ? hurry : undefined;
  }

  /** したこと (失敗したときに見せる) */
  private get done() {
    const slowly = this.script.slow ? `${this.script.slow / 1000}秒待ってから、` : "";
    return this.typed.length ? `${slowly}${this.typed.map(quote).join("")}と打つ` : "クライアントを起動する";
  }

  /** 教科書のとおりに、1行ずつ表示してたずねること */
  private async checkPrompts({ lines }: Prompt) {
    const { program, asked } = this;
    asked.push(...lines);
    const whole = () => program.lines().slice(0, asked.length);
    const right = () => (difference(asked, whole()) ? undefined : true);
    if (this.seen.asks) return program.quiet(right, glance); // 違う言葉でたずねるものにも、打ってみる
    const unended = () => !difference(asked, toLines(program.stdout).slice(0, asked.length));
    const saw = `${quote(lines.at(-1)!)}のあとに、改行がありません`;
    const sight = () => (unended() ? { saw } : differing(asked, whole()));
    const wait = { done: this.done, expected: "次のとおりに、1行ずつ表示してたずねる", lines: [...asked] };
    await this.look("asks", () => program.until(right, { ...wait, limit: this.limit, sight }));
  }

  /** 打つまで、先に進まないこと */
  private async waits({ type }: Prompt) {
    const { program, asked, seen } = this;
    const { slow = glance } = this.script;
    const next = () => (seen.asks ? undefined : program.lines()[asked.length]);
    const hint = "入力を待つ await があるかと、たずねる順番を確かめます";
    const shown = (line: string) => ({ saw: `${line ? quote(line) : "空の行"}が表示されました`, hint: line && hint });
    const ahead = () => (next() === undefined ? undefined : shown(next()!));
    const early = (): Sight | undefined => this.peer?.arrived() ?? ahead();
    const sight = await program.quiet(early, this.typed.length && this.script.slow ? 0 : slow);
    if (!sight) return;
    const story = { done: this.done, expected: `${quote(type)}と打つまで待つ` };
    const saw = { ...sight, saw: `まだ打っていないのに、${sight.saw}` };
    await this.look(this.peer?.received ? "sends" : "asks", () => program.fail(story, saw));
  }

  /** 接続して、教科書のとおりのものだけを送ること */
  private async sends() {
    const { program, done, script } = this;
    const expected = `${quote(script.wire)}が届く`;
    const missed = () =>
      program.connecting.length ? { saw: `ポート ${program.connecting.join(" と ")} につなごうとしました` } : undefined;
    const connects = { done, expected: "クライアントがサーバに接続する", limit: this.limit, sight: missed };
    await this.look("sends", () => program.until(() => this.peer, connects));
    if (!this.peer) return;
    const { peer } = this;
    const silent = () => (program.code === 0 ? { saw: "何も送らずに終わりました" } : undefined);
    const sends = { done, expected, limit: this.limit, sight: silent };
    await this.look("sends", () => peer.until(() => peer.received || undefined, sends));
    if (peer.received) await this.look("sends", () => peer.gets(script.wire, done));
    const { pieces } = peer;
    const hint = "1つのメッセージは、1回の write で送ります";
    const split = { saw: `${pieces.map(quote).join("と、少しあとに")}が届きました`, hint, arrived: true as const };
    if (pieces.length > 1 && !this.seen.sends) await this.look("sends", () => program.fail({ done, expected }, split));
    this.sent = peer.received !== "" || !this.seen.sends;
    peer.received = "";
  }

  /** 打っても何も送らないプログラムが、入力の終わりを待っているかを、試して言う */
  private async tryEndOfInput() {
    this.program.endInput();
    if (!(await this.program.quiet(() => this.peer?.received || undefined, hurry))) return;
    for (const failure of [this.seen.asks, this.seen.sends])
      if (failure) failure.report.hint = "入力の終わり (Ctrl-D) を待っています。1行ずつ読みます";
    this.peer!.received = "";
  }

  /** 何も送らずに終わった */
  private get quit() {
    return !this.sent && this.seen.sends !== undefined && this.program.code !== undefined;
  }

  /** 返事をする。教科書のサーバのように、相手が送り終えたら、答えてから閉じる */
  private reply() {
    const { peer } = this;
    if (!peer) return;
    peer.send(this.script.reply);
    if (peer.closed) peer.socket.end();
    else peer.socket.once("end", () => peer.socket.end());
  }

  /** したことと、サーバの返事 */
  private get answered() {
    return this.peer ? `${this.done}。テストのサーバが${quote(this.script.reply)}と返事をする` : this.done;
  }

  /** 返事を受け取ったら、ほかに何も送らず、終了コード 0 で終わること */
  private async ends() {
    const { program, peer, answered: done } = this;
    const story = { done, expected: "返事を表示したら、自分で、終了コード 0 で終わる" };
    const sight = () => ({ saw: "プログラムがまだ動いています", hint: program.keeps() });
    if (!peer) this.seen.ends = untried("クライアントが、サーバに接続しないので");
    else if (this.quit) this.seen.ends = untried("クライアントが、送る前に終わるので");
    else await this.look("ends", () => program.until(() => program.code, { ...story, limit: this.limit, sight }));
    if (peer && !this.quit && program.code !== undefined && program.code !== 0)
      await this.look("ends", () => program.fail(story, undefined));
    if (!peer?.received) return;
    const extra = { saw: `そのあとに${peer.arrived()!.saw}` };
    const only = { done, expected: `届くのは、ちょうど${quote(this.script.wire)}だけ` };
    await this.look("sends", () => program.fail(only, extra));
  }

  /** 返事を、教科書のとおりに表示すること */
  private async shows() {
    const { program, peer, asked, seen } = this;
    const { result } = this.script;
    if (!peer) return void (seen.shows = untried("クライアントが、サーバに接続しないので"));
    if (this.quit) return void (seen.shows = untried("クライアントが、送る前に終わるので"));
    const all = withoutTail(toLines(program.stdout));
    const shown = seen.asks ? all.slice(-result.length) : all.slice(asked.length);
    if (seen.asks && shown.length) shown[0] = shown[0].replace(asked.at(-1) ?? "", ""); // 改行なしでたずねるもの
    const sight = differing(result, shown, asked.length);
    if (!sight) return;
    if (seen.asks) sight.saw = "終わりに表示した行が違います"; // たずねた行が違うので、何行目とは言えない
    const saw = shown.length ? sight : ((await this.silent()) ?? sight);
    const story = { done: this.answered, expected: "次のとおりに表示する", lines: result };
    await this.look("shows", () => program.fail(story, saw));
  }

  /** 何も表示しなかったとき、どうしていたか */
  private async silent(): Promise<Sight | undefined> {
    const { program } = this;
    if (program.early === "closed") return { saw: "返事の前に接続を閉じました" };
    if (program.early === "ended" && program.code === 0) return { saw: "返事を待たずに終わりました" };
    if (program.over()) return undefined;
    const before = program.keeps();
    const length = program.stdout.length;
    this.peer!.socket.end(); // サーバが閉じるのを待っているかを、試す
    const closed = await program.quiet(() => program.stdout.length > length || undefined, hurry);
    if (!closed) return { saw: "返事を表示しないまま、まだ動いています", hint: before };
    return { saw: "サーバが接続を閉じるまで、返事を表示しません", hint: "返事が届いたところ (data) で表示します" };
  }
}
