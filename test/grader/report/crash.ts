// エラーで終わったプログラムのことを言う: 標準エラーから、何が、どこで起きたかを読む

/** 採点と変換の道具の、スタックトレースの行 */
const tools = /^ +at .*(node_modules[/\\](esbuild|tsx)[/\\]|[/\\]run-\w+[/\\]\w+\.cjs|grader[/\\]process[/\\]).*\n/gm;

/** 標準エラーから、道具の行を除く。変換できなかったときは、スタックトレースは、みな道具のもの */
export const withoutTools = (stderr: string) =>
  stderr.replaceAll("\r\n", "\n").replaceAll(stderr.includes("Transform failed") ? /^ +at .*\n/gm : tools, "");

/** エラーの言葉と、分かれば、提出されたファイルの、いちばん上の場所 */
export function errorIn(stderr: string): string | undefined {
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

/** プログラムの名前と標準エラーと、終わり方 */
type Ended = {
  name: string;
  stderr: string;
  /** メモリを使いすぎたか、終了コード (動いていれば undefined)、終わり方を言う言葉 */
  exit: { greedy: boolean; code: number | null | undefined; words: string };
};

/** エラーで終わったことを言う言葉。終わっていないか、うまく終わったなら undefined */
export function crashOf({ name, stderr, exit }: Ended): string | undefined {
  if (exit.greedy) return `${name} が 1 GiB より多くのメモリを使ったので、終わらせました`;
  if (exit.code === undefined || exit.code === 0) return undefined;
  const error = errorIn(stderr);
  return error ? `${name} がエラーで終わりました: ${error}` : `${name} が ${exit.words} で終わりました`;
}
