// クライアントの検査: 1回だけ動かし、たずねたもの、送ったもの、表示したもの、終わり方を、検査ごとに見る
import { Bench, withoutTail, type Check, type CheckOptions, type Lesson } from "./check.ts";
import { listen, type Peer } from "./peer.ts";
import { Failure } from "./trial.ts";
import { difference, quote, toLines } from "./words.ts";

/** すでに1つ落ちたあとで、次を待つ限度 (ms) */
const hurry = 1000;

/** たずねる行と、それが出てから打つ言葉 */
export type Prompt = { lines: string[]; type: string };

/** クライアントを動かす1回分の筋書き */
export type Script = { prompts: Prompt[]; wire: string; answer: string; result: string[] };

/** 1回動かして見たもの。うまくいったことは undefined */
type Seen = { asked?: Failure; sent?: Failure; shown?: Failure; ended?: Failure };

/**
 * クライアントを、テストのサーバを相手に1回動かす。
 * @param pause 次の言葉を打つ前に、先走っていないことを確かめる長さ (ms)
 */
async function runOnce(bench: Bench, { prompts, wire, answer, result }: Script, pause: number): Promise<Seen> {
  const seen: Seen = {};
  /** body の失敗を、見たものに加える。先の失敗が優先 */
  async function look(aspect: keyof Seen, body: () => Promise<unknown>) {
    await body().catch((error) => {
      if (!(error instanceof Failure)) throw error;
      seen[aspect] ??= error;
    });
  }
  const limit = () => (Object.keys(seen).length ? hurry : bench.patience);

  const raw = await listen(bench.trial);
  const program = await bench.startClient(raw.port);
  let peer: Peer | undefined;
  const accepted = raw.accept(program).then((one) => ((peer = one), program.emit("change")));
  accepted.catch(() => {}); // 下で待つまでに失敗しても、かまわない

  const lines: string[] = [];
  for (const [i, { lines: prompt, type }] of prompts.entries()) {
    lines.push(...prompt);
    const done = i === 0 ? "クライアントを起動する" : `${prompts.slice(0, i).map(({ type }) => quote(type)).join("")}と打つ`;
    const expected = `次のとおりに、1行ずつ表示してたずねる\n${lines.join("\n")}`;
    const differs = () => difference(lines, program.lines().slice(0, lines.length));
    const unended = () => (difference(lines, toLines(program.stdout)) ? differs() : "最後の行が、改行で終わっていません");
    if (seen.asked) await program.quiet(() => (differs() ? undefined : "表示した"), 200);
    else await look("asked", () => program.until(() => (differs() ? undefined : true), done, expected, { limit: limit(), saw: unended }));
    const early = await program.quiet(() => peer?.saw() ?? (program.lines().length > lines.length && !seen.asked ? "次の行が表示されました" : undefined), pause);
    if (early) {
      const aspect = peer?.received ? "sent" : "asked";
      await look(aspect, () => program.fail(done, `${quote(type)}と打つまで待つ`, `まだ打っていないのに、${early}`));
    }
    program.type(`${type}\n`);
  }

  const did = prompts.length ? `${prompts.map(({ type }) => quote(type)).join("")}と打つ` : "クライアントを起動する";
  const got = `${quote(wire)}が届く`;
  const missed = () => (program.connecting.length ? `クライアントは、ポート ${program.connecting.join(" と ")} につなごうとしました` : undefined);
  await look("sent", () => program.until(() => peer, did, "クライアントがサーバに接続する", { limit: limit(), saw: missed }));
  if (peer) {
    const connected: Peer = peer;
    await look("sent", () => connected.until(() => connected.received || undefined, did, got, { limit: limit() }));
    await look("sent", () => connected.gets(wire, did));
    connected.received = "";
    connected.send(answer);
  }

  const answered = `テストのサーバが${quote(answer)}と返事をする`;
  const likely = () =>
    `プログラムが終わりません。${peer?.closed ? "" : "接続を閉じていない (end や destroy がない) か、"}入力を待ち続けている (readline の close がない) ようです`;
  await look("ended", () => program.until(() => program.code, peer ? answered : did, "返事を表示したら、自分で終わる", { limit: limit(), saw: likely }));
  if (!peer && program.code === 0) await look("ended", () => program.fail(did, "返事を表示したら、自分で終わる", "サーバに接続しないまま終わりました"));
  if (program.code !== undefined && program.code !== 0)
    await look("ended", () => program.fail(peer ? answered : did, "終了コード 0 で終わる", `${program.ending} で終わりました`));
  if (peer?.received) await look("sent", () => program.fail(did, `ちょうど${got}`, `そのあとに${peer!.saw()}`));

  const all = withoutTail(toLines(program.stdout));
  const tail = seen.asked ? all.slice(-result.length) : all.slice(lines.length);
  if (seen.asked && tail.length) tail[0] = tail[0].replace(lines.at(-1) ?? "", ""); // 改行なしでたずねるもの
  const wrong = difference(result, tail);
  const why = peer ? wrong : "サーバに接続しなかったので、返事を受け取れませんでした";
  if (wrong) await look("shown", () => program.fail(answered, `次のとおりに表示する\n${result.join("\n")}`, why!));
  return seen;
}

/**
 * クライアントの検査を作る。
 * @param scripts 検査に使う値から、筋書きを作る。1つ目のとおりなら、残りも動かす
 */
export function clientChecks(lesson: Lesson, scripts: (values: Bench["values"]) => Script[]): Check[] {
  const runs = new Map<string, Promise<Seen>>();
  async function run(folder: string, options: CheckOptions) {
    const bench = new Bench(lesson, folder, "クライアント", options, 4); // たずねる、送る、表示する、終わる
    try {
      const [first, ...rest] = scripts(bench.values);
      const seen = await runOnce(bench, first, 300);
      if (Object.keys(seen).length) return seen;
      return Object.assign({}, ...(await Promise.all(rest.map((script) => runOnce(bench, script, 0)))));
    } finally {
      await bench.trial.end();
    }
  }
  const look = (name: string, aspect: keyof Seen): Check => ({
    name,
    async run(folder, options = {}) {
      if (!runs.has(folder)) runs.set(folder, run(folder, options));
      const failure = (await runs.get(folder)!)[aspect];
      if (failure) throw failure;
    },
  });
  const asks = look("クライアントは、教科書のとおりの言葉でたずねる", "asked");
  return [
    ...(lesson.name.startsWith("Practice") ? [asks] : []),
    look("クライアントは、サーバに接続し、教科書のとおりのものだけを送る", "sent"),
    look("クライアントは、サーバの返事をそのまま、教科書のとおりに表示する", "shown"),
    look("クライアントは、返事を表示したら終わる", "ended"),
  ];
}
