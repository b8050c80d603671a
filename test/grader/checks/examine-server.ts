// サーバの検査: 1回だけ起動して、何もかもたずねる。おかしな答えのときだけ、起動し直して、それだけをたずね直す
import { connect } from "../process/peer.ts";
import type { Program } from "../process/program.ts";
import { Failure, untried, type Sight } from "../report/failure.ts";
import { quote } from "../report/render.ts";
import { Conversation, onlyOnce, silence, type Question } from "./ask-server.ts";
import type { CheckTools, Listener } from "./check-tools.ts";
import { failing, type Grading } from "./grading.ts";
import type { Check, Failures } from "./lesson.ts";
import { Values } from "./random-values.ts";

/** たずねること */
export type Questions = {
  /** 初めにたずねること。答えがなければ、ほかは試さない */
  opening: Question;
  /** 検査ごとに、まずたずねることの候補。もう落ちた検査のせいで違うのではないものを選ぶ */
  firsts: Question[][];
  /** そのあとで、つぎつぎにたずねること */
  rest: Question[];
};

/** 初めのクライアントが去ってから、表示や終わり方を調べる検査 */
export type Look = {
  id: string;
  /**
   * @param asked そのクライアントが送ったもの
   * @param unended 去る前に、改行なしで表示してあったもの
   * @throws {Failure} 合格でないとき
   */
  look: (listener: Listener, asked: string[], unended: Sight | undefined) => Promise<void>;
};

/** 答えたあとの表示が、改行で終わっていなければ、それを言う。 @param lines 1行で表示されるはずの言葉 */
function unendedLine({ stdout }: Program, lines: string[]): Sight | undefined {
  const last = stdout.split("\n").at(-1)!;
  const line = lines.find((one) => stdout.includes(one) && !stdout.includes(`${one}\n`)) ?? last;
  return last ? { saw: `${quote(line)}のあとに、改行がありません` } : undefined;
}

/** 動いているサーバと、つないだクライアント */
type Running = Listener & { tools: CheckTools; talk: Conversation };

/** 初めのクライアントのあとに来るクライアントの数と、1つがたずねる数 */
const laterClients = 9;
const each = 2;

/** クライアントが閉じたあと、サーバが落ちないかを見る長さ (ms) */
const moment = 200;

/** つぎつぎにたずねる時間の限度 (ms)。1つの答えに何秒もかける正しいサーバもある */
const longest = 8000;

/** サーバの検査 */
export const serverCheck = (id: string, name: string): Check => ({ id, name, part: "server" });

/** サーバの検査を、みな行う。 @param questions 値から、たずねることを作る関数 */
export function examineServer(grading: Grading, questions: (values: Values) => Questions, looks: Look[] = []) {
  return new ServerExamination(grading, questions(new Values(grading.options.seed, "サーバ")), looks).run();
}

/** 答えがなかったときに、プログラムの様子から分かることを加える。 @throws {unknown} いつも、その失敗を */
function withState(failure: unknown, program: Program): never {
  if (!(failure instanceof Failure) || failure.report.arrived) throw failure;
  const { report } = failure;
  if (!program.over()) report.hint = program.spinning() ?? report.hint;
  else if (!report.outputs.some(({ crash }) => crash)) report.saw = `${report.saw}。${program.over()}`;
  throw failure;
}

/** その前のことを、終わりのいくつかだけにする */
function trimmed(failure: Failure): Failure {
  const { before } = failure.report;
  const omitted = before.length - 4;
  if (omitted > 0) before.splice(0, omitted, `ほかに ${omitted} 個のことがありました`);
  return failure;
}

class ServerExamination {
  private grading: Grading;
  private questions: Questions;
  private looks: Look[];
  private failures: Failures = {};
  private running: Running | undefined;
  /** 片付けていない道具 */
  private tools: CheckTools | undefined;
  /** 今のサーバに、この前にたずねて、正しい答えのあったこと */
  private previous: Question | undefined;
  /** 何人目のクライアントか */
  private client = 1;
  /** 違う値を答えることが、起動し直しても同じだったので、ほかの違う値はたずね直さない */
  private wrong = false;
  /** 前のことが次の答えに残るか、余分なものを送るので、検査ごとにつなぎ直す (1つにしか答えないなら、起動し直す) */
  private separate = false;
  /** 前のことが、次の答えに残る */
  private leaky = false;
  /** 1つの答えに時間をかける。あとは、少しだけたずねる */
  private slow = false;
  /** つながったところで、何か送る。それは、読み捨てる */
  private greets = false;
  /** 2つ目からのメッセージに、2つ目からのクライアントに、正しく答えたことがある */
  private rightAgain = { message: false, client: false };

  constructor(grading: Grading, questions: Questions, looks: Look[]) {
    this.grading = grading;
    this.questions = questions;
    this.looks = looks;
  }

  async run(): Promise<Failures> {
    try {
      if (await this.open()) await this.askAll();
    } finally {
      await this.stop();
    }
    Object.values(this.failures).forEach(trimmed);
    return this.failures;
  }

  /** 起動し、初めのことをたずねる。 @returns 何か答えたか */
  private async open(): Promise<boolean> {
    const { opening } = this.questions;
    const { port, starts } = this.grading.lesson;
    const silent = await failing(() => this.start());
    if (silent) return this.giveUp("listens", silent, "サーバが待ち始めないので");
    const { program, talk } = this.running!;
    const shown = failing(() => program.shows(starts(port)));
    const misses = program.listened.some(({ asked }) => asked === port) ? undefined : () => program.missesPort(port);
    const elsewhere = misses && (await failing(misses));
    const early = await failing(() => talk.awaitsQuestion());
    const failure = await failing(() => talk.ask(opening).catch((failure) => withState(failure, program)));
    const unlisted = elsewhere ?? (await shown);
    if (unlisted) this.failures.listens = unlisted;
    const [first] = opening.about;
    if (!talk.heard) return this.giveUp(first, early ?? failure!, "サーバが、初めのメッセージに答えないので");
    if (early) {
      this.greets = early.report.noReply = true; // 合わせてみることは、できない
      this.record(first, early);
      await this.startAgain().catch(() => {});
    } else if (talk.surplus()) await this.checkOnce(opening, this.samples[1], failure);
    else if (failure) this.record(first, failure);
    else this.previous = opening;
    return true;
  }

  /** これが落ちたので、ほかは試せない */
  private giveUp(id: string, failure: Failure, why: string): false {
    const crashed = failure.report.outputs.some(({ crash }) => crash);
    this.failures[id] = failure;
    for (const { id, part } of this.grading.lesson.checks)
      if (part === "server" && (id !== "listens" || !this.running))
        this.failures[id] ??= untried(crashed ? "サーバがエラーで終わるので" : why);
    failure.report.noReply = true;
    return false;
  }

  /** 初めのことのあとを、みな調べる */
  private async askAll() {
    for (const choices of this.questions.firsts) await this.judge(choices.find((one) => this.clear(one)) ?? choices[0]);
    const { rest } = this.questions;
    await this.askRest(rest.slice(0, this.many ? -laterClients * each : undefined));
    await this.waitForExtra();
    if (!this.rightAgain.message && !this.failures["every-message"]) await this.checkEvery();
    await this.lookAtAll();
    if (this.many) await this.serveOthers(rest.slice(-laterClients * each));
  }

  private async askRest(rest: Question[]) {
    if (this.separate) return;
    let spent = this.running?.tools.session.clock.after(longest);
    for (const question of rest) {
      if (this.separate) return;
      if (spent?.()) return void (this.slow = true);
      if (!this.clear(question)) continue;
      const before = this.running;
      await this.judge(question);
      if (this.running !== before) spent = this.running?.tools.session.clock.after(longest); // 起動し直した
    }
  }

  /** どの検査も落ちていないか。落ちていれば、答えが違うのは、そのせいかもしれない */
  private clear({ about }: Question): boolean {
    const [id, ...others] = about;
    return !this.failures[id] && others.every((other) => !this.failures[other]);
  }

  private get many() {
    return this.grading.lesson.clients === "many";
  }

  /** 見本としてたずねること */
  private get samples(): Question[] {
    const { opening, firsts, rest } = this.questions;
    return [opening, ...firsts.map(([first]) => first), ...rest];
  }

  /** 起動し、つなぐ。前に起動したものは終わらせる。 @throws {Failure} 待ち始めないとき、つなげないとき */
  private async start(): Promise<Running> {
    await this.stop();
    const tools = (this.tools = this.grading.tools("server"));
    const listener = await tools.startServer();
    this.client = 1;
    const talk = await this.connect(listener, tools);
    return (this.running = { ...listener, tools, talk });
  }

  private async stop() {
    const { tools } = this;
    this.tools = this.running = this.previous = undefined;
    if (tools) await this.grading.putAway("server", tools);
  }

  /** 今のクライアントが去り、次のクライアントがつなぐ。 @throws {Failure} つなげないとき */
  private async nextClient() {
    const running = this.running!;
    running.talk.peer.leave();
    running.tools.session.before.push("そのクライアントは、接続を閉じました");
    if (this.client === 1) await running.program.quiet(() => running.program.over(), moment); // 閉じたあとで落ちるか
    this.client++;
    running.talk = await this.connect(running, running.tools);
  }

  private async connect({ at, program }: Listener, { session }: CheckTools) {
    const talk = new Conversation(await connect(at, session), () => program.spinning());
    if (this.greets) await failing(() => talk.awaitsQuestion());
    return talk;
  }

  /** 今の接続で、なければ起動してたずねる。 @returns だめなら、その失敗 */
  private async ask(question: Question): Promise<Failure | undefined> {
    const failure = await failing(async () => {
      const { talk, program } = this.running ?? (await this.start());
      await this.askOn(talk, question).catch((failure) => withState(failure, program));
      this.previous = question;
      if (talk.asked.length > 1) this.rightAgain.message = true;
      if (this.client > 1) this.rightAgain.client = true;
    });
    if (failure && !failure.report.arrived) await this.stop(); // 落ちたか、止まったか、閉じられた
    return failure;
  }

  /** この接続でたずねる。余分なものを送るとすでに分かっていれば、それは問わない。例外は Conversation.ask と同じ */
  private async askOn(talk: Conversation, question: Question) {
    const surplus = Boolean(this.failures.once);
    await talk.ask(question).catch((failure) => {
      if (!surplus || !talk.surplus()) throw failure;
    });
  }

  /** 起動し直して、それだけをたずねる */
  private async askAlone(question: Question) {
    await this.stop();
    return this.ask(question);
  }

  private record(id: string, failure: Failure) {
    this.failures[id] ??= failure;
    this.wrong = true;
    this.running?.talk.forgetSurplus();
  }

  /** 検査1つのためにたずねる。違う答えなら、その検査が落ちるのか、前のことが残ったのかを決める */
  private async judge(question: Question) {
    const [id] = question.about;
    if (this.failures[id]) return;
    if (this.separate) return this.judgeAlone(question);
    const { previous } = this;
    const failure = await this.ask(question);
    const extra = !this.failures.once && this.running?.talk.surplus();
    if (extra) return this.checkOnce(question, previous ?? this.samples[0], failure);
    if (!failure) return;
    if (!previous || (this.wrong && failure.report.arrived)) {
      failure.report.before = [];
      return this.record(id, failure);
    }
    const { client } = this;
    const alone = await this.askAlone(question);
    if (alone) this.record(id, alone);
    else await this.leaked(question, failure, client > 1 ? "next-client" : "every-message", previous);
  }

  /** ほかのことを何もたずねていないサーバで、調べる */
  private async judgeAlone(question: Question) {
    const { about: [id] } = question;
    const again = !this.leaky && this.many && this.running && !(await failing(() => this.nextClient()));
    const failure = again ? await this.ask(question) : await this.askAlone(question);
    const alone = failure && again ? await this.askAlone(question) : failure;
    if (alone) this.record(id, alone);
  }

  /** 前のことが残った。前に1つだけたずねても同じなら、短くそれを言う */
  private async leaked(question: Question, failure: Failure, id: string, previous: Question) {
    this.separate = true;
    this.leaky = Boolean(failure.report.arrived);
    const right = !(await this.askAlone(previous));
    if (right && id === "next-client") await failing(() => this.nextClient());
    const shorter = right && (await this.ask(question));
    this.failures[id] ??= shorter || failure;
  }

  /** たずね終わったあと、しばらくの間に、余分なものが届かないか */
  private async waitForExtra() {
    const { talk } = this.running ?? {};
    const last = talk?.asked.at(-1);
    if (!talk || !last || this.failures.once) return;
    await talk.peer.quiet(() => (talk.surplus() && talk.peer.received.length > 1000) || undefined, silence);
    if (talk.surplus()) await this.checkOnce(last, this.samples[0]);
  }

  /**
   * 余分なものの付いた答えを、起動し直して調べる。違う値が余分に見えただけのことも、前の答えが遅れて届いたこともある。
   * @param first その問い
   * @param failure 正しい答えではなかったなら、その失敗
   */
  private async checkOnce(first: Question, next: Question, failure?: Failure) {
    const { talk } = this.running!;
    const { received, onlySpace } = talk.surplus()!;
    const late = talk.latecomer();
    const story = { done: "つぎつぎにたずねる", expected: "それぞれの答えが1回だけ届く" };
    const sight = { saw: `${quote(received)}が届きました`, arrived: true as const };
    const seen = (await failing(() => talk.peer.fail(story, sight)))!;
    const alone = (await this.onlyOnceAlone(first, next)) ?? (late && (await this.onlyOnceAlone(late)));
    const wrong = alone || !failure ? undefined : await this.askAlone(first);
    if (wrong) return this.record(first.about[0], wrong);
    this.failures.once = alone ?? seen;
    this.separate = !onlySpace; // 空白だけなら、値を調べるのに困らない
    await this.startAgain().catch(() => {});
  }

  private onlyOnceAlone(first: Question, next?: Question) {
    return failing(async () => onlyOnce((await this.startAgain()).talk.peer, first, next));
  }

  private async startAgain() {
    await this.stop();
    return this.start();
  }

  /** 1つの接続で3つたずねる */
  private async checkEvery() {
    const failure = await failing(async () => {
      const { talk } = await this.startAgain();
      for (const question of this.samples.slice(0, 3)) await this.askOn(talk, question);
    });
    if (failure) this.failures["every-message"] = failure;
  }

  /** 初めのクライアントが去ってから、表示や終わり方を調べる。だめなら、少しだけたずねて調べ直し、短くそれを言う */
  private async lookAtAll() {
    for (const { id, look } of this.looks) {
      const seen = this.running?.talk.heard ? await failing(() => this.leaveAndLook(look)) : undefined;
      if (this.running?.talk.heard && !seen) continue;
      const alone = await failing(async () => {
        const { talk } = await this.startAgain();
        const few = this.failures["every-message"] ? 1 : 2; // 1つにしか答えないサーバもある
        for (const { message } of this.samples.slice(0, few)) await talk.askAnything(message);
        await this.leaveAndLook(look);
      });
      if (alone ?? seen) this.record(id, (alone ?? seen)!);
    }
  }

  private async leaveAndLook(look: Look["look"]) {
    const { talk, ...listener } = this.running!;
    const asked = talk.asked.map(({ message }) => message);
    const { serves } = this.grading.lesson;
    const unended = unendedLine(listener.program, [...asked, ...serves.filter(Boolean)]);
    talk.peer.leave();
    await look(listener, asked, unended);
  }

  /** 前のクライアントがいなくなったあと、次のクライアントにも答えるか */
  private async serveOthers(rest: Question[]) {
    if (!this.separate) {
      const clients = this.slow ? 1 : laterClients;
      for (let i = 0; i < clients && !this.separate && !this.failures["next-client"]; i++) {
        const unserved = this.running ? await failing(() => this.nextClient()) : undefined;
        if (unserved) this.failures["next-client"] = unserved;
        for (const one of unserved ? [] : rest.slice(i * each, (i + 1) * each))
          if (this.clear(one) && !this.separate) await this.judge(one);
      }
    }
    if (this.rightAgain.client || this.failures["next-client"]) return;
    const [first, next] = this.samples;
    const failure = await failing(async () => {
      const { talk } = await this.startAgain();
      await talk.askAnything(first.message);
      await this.nextClient();
      await this.askOn(this.running!.talk, next);
    });
    // 前のメッセージが残るなら、次のクライアントへの違う値も、そのせい
    if (failure && !(this.leaky && failure.report.arrived)) this.failures["next-client"] = failure;
  }
}
