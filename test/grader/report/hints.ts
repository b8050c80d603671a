// ヒントを言う: よくある書き損じと、プログラムが何のために動き続けているか (その様子の型も)

/** よくある書き損じと、そのときに見えるもの。$1 は、sign の ( ) の中 */
const slips: [sign: RegExp, hint: string][] = [
  [/ReferenceError: (\S+) is not defined/, "$1 という名前はありません。つづりを確かめます"],
  [/\[object Promise\]|an instance of Promise/, "await の書き忘れのようです"],
  [/ is not iterable|Received undefined/, "await の書き忘れのようです"],
  [/of undefined \(reading '(trim|split|toString)'\)/, "await の書き忘れかもしれません"],
  [/Received type (number|bigint)/, "数のままでは送れません。String(…) で文字列にします"],
  [/Cannot find (module|package)/, "読み込んでいるファイルかパッケージが、提出フォルダにありません"],
  [/'\/dev\/tty'|reading from TTY/, "端末を自分で開くので、採点できません。標準入力 (process.stdin) から読みます"],
  [/Top-level await/, 'async の関数の中で await するか、{ "type": "module" } と書いた package.json も提出します'],
];

/** 見たことから分かる、よくある書き損じ。なければ undefined */
export function slipIn(text: string): string | undefined {
  for (const [sign, hint] of slips) {
    const found = text.match(sign);
    if (found) return hint.replace("$1", found[1]);
  }
}

/** Python の順で listen を呼んでいるときのヒント */
export const listenOrder = (port: number) =>
  `listen("127.0.0.1", ${port}) は Python の順です。listen(${port}, "127.0.0.1") の順に書きます`;

/** プログラムを読み込み終わったかと、何のために動き続けているか */
export type State = { loaded: boolean; timer: boolean; socket: boolean; server: boolean; input: boolean };

/** 外から見たこと: CPU を休みなく使っている、もう一度つないだ */
type Seen = { busy: boolean; again: boolean };

/** 何のために動き続けているか。見えたことだけを言う */
export function whyStillRunning({ timer, socket, server, input, busy, again }: Partial<State & Seen>) {
  if (busy) return "CPU を休みなく使っています (終わらない繰り返しがないかを見ます)";
  const causes = [
    input && "入力を待っています (読み終わったら、readline を close します)",
    socket && !again && "接続が開いたままです (end か destroy で閉じます)",
    socket && again && "もう一度サーバにつないだ接続が、開いたままです",
    server && "サーバが待つのをやめていません (close で閉じます)",
    timer && "タイマーが動いています (clearTimeout か clearInterval で止めます)",
  ].filter(Boolean);
  return causes.length ? causes.join("。") : undefined;
}
