// エラーで終わったプログラムの標準エラーから、何が、どこで起きたかを読む

/** エラーの言葉と、分かれば、提出されたファイルの、いちばん上の場所 */
export function crashOf(stderr: string): string | undefined {
  // 変換の道具の「ファイル:行:桁: ERROR: 言葉」
  const syntax = stderr.match(/([\w.-]+[/\\][\w.-]+):(\d+):\d+: ERROR: (.*)$/m);
  if (syntax) return `${syntax[3]} (${syntax[1]} の ${syntax[2]} 行目)`;
  const said = stderr.match(/^エラー: .+$/m)?.[0];
  const thrown = stderr.match(/^(?:Uncaught )?(\w*Error(?: \[\w+\])?: .+)$/m)?.[1];
  const own = stderr
    .split("\n")
    .filter((line) => !line.includes("node_modules"))
    .flatMap((line) => line.match(/([\w.-]+[/\\][\w.-]+\.[cm]?[jt]s):(\d+)/) ?? [])
    .slice(1, 3);
  const error = said ?? thrown ?? stderr.trim().split("\n")[0];
  return error && own.length && !said ? `${error} (${own[0]} の ${own[1]} 行目)` : error || undefined;
}

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
