// ヒントを言う: よくある書き損じと、プログラムが何のために動き続けているか (その様子の型も)

/** Python やブラウザの名前に、Node で代わるもの */
const foreign: Record<string, string> = {
  input: "入力は、readline の行を1つずつ待って読みます",
  prompt: "入力は、readline の行を1つずつ待って読みます",
  print: "表示は、console.log です",
  alert: "表示は、console.log です",
  int: "整数にするのは、Number(…) か BigInt(…) です",
  float: "数にするのは、Number(…) です",
  str: "文字列にするのは、String(…) です",
  len: "長さは、.length です",
  True: "true と書きます",
  False: "false と書きます",
  None: "null か undefined と書きます",
};

const isBuffer = '届いたものは Buffer です。toString() か setEncoding("utf8") で文字列にします';

/** よくある書き損じと、そのときに見えるもの。$1 は、sign の ( ) の中 */
const slips: [sign: RegExp, hint: string][] = [
  [/ReferenceError: ([０-９Ａ-Ｚａ-ｚ]+) is not defined/, "全角の $1 を、半角にします"],
  [/Unexpected "([０-９Ａ-Ｚａ-ｚ])/, "全角の $1 を、半角にします"],
  [/\.(?:split|trim|replace|replaceAll|startsWith|endsWith|match|substring) is not a function/, isBuffer],
  [/because it is a constant|Assignment to constant/, "const には入れ直せません。let にします"],
  [/write after end/, "もう閉じた (end した) 接続に送っています"],
  [/connect ENOENT (?:127\.0\.0\.1|localhost)/, "connect は、ポート、アドレスの順に書きます"],
  [/ReferenceError: (\S+) is not defined in ES module/, "$1 は、ES モジュールにはありません"],
  [/ReferenceError: (\S+) is not defined/, "$1 という名前はありません。つづりを確かめます"],
  [/Cannot access '(\S+)' before initialization/, "$1 を、宣言 (const や let) より前に使っています"],
  [/(?:The symbol "|Identifier ')([\w$]+)["'] has already been declared/, "$1 を2度宣言しています。名前を変えます"],
  [/(?:Unexpected|found|Syntax error) "?([“”‘’＂＇（）｛｝［］；：，．＝＋－＊／])/, "全角の $1 を、半角にします"],
  [/\[object Promise\]|an instance of Promise/, "await の書き忘れのようです"],
  [/ is not iterable|Received undefined/, "await の書き忘れのようです"],
  [/of undefined \(reading '(trim|split|toString)'\)/, "await の書き忘れかもしれません"],
  [/Received type (number|bigint)/, "数のままでは送れません。String(…) で文字列にします"],
  [/Cannot mix BigInt/, "BigInt と Number は、混ぜて計算できません。どちらかにそろえます"],
  [/Cannot find (module|package)/, "読み込んでいるファイルかパッケージが、提出フォルダにありません"],
  [/'\/dev\/tty'|reading from TTY/, "端末を自分で開くので、採点できません。標準入力 (process.stdin) から読みます"],
  [/Top-level await/, "await は、async の関数の中に書きます"],
  [/listen E\w+.* (?:127\.0\.0\.1|localhost|0\.0\.0\.0)$/m, "listen は、ポート、アドレスの順に書きます"],
];

/** 答えや表示の中の言葉から分かる、よくある書き損じ */
const slipsInReply: [sign: RegExp, hint: string][] = [
  [/<Buffer/, isBuffer],
  [/\bNaN\b/, "NaN は、数でないものを数にして計算した結果です。届いた文字列の分け方と、数にするところを見ます"],
  [/\bundefined\b/, "undefined は、値のない変数です。return のし忘れか、つづりの違いを見ます"],
];

/** 見たことから分かる、よくある書き損じ。なければ undefined。 @param reply 届いた答え */
export function slipIn(text: string, reply = ""): string | undefined {
  const name = text.match(/ReferenceError: (\S+) is not defined/)?.[1] ?? "";
  if (Object.hasOwn(foreign, name)) return `${name} は、Node にはありません。${foreign[name]}`;
  for (const [sign, hint] of slips) {
    const found = text.match(sign);
    if (found) return hint.replace("$1", () => found[1]);
  }
  return slipsInReply.find(([sign]) => sign.test(reply))?.[1];
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
