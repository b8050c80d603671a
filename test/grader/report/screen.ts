// 1人の採点の結果を、画面に見せる言葉にする
import type { Checked, LessonResult, Result } from "../results.ts";
import type { Report } from "./failure.ts";
import { cut, inBrief, inFull, visible, width } from "./render.ts";

/** 1行の幅の限度 (全角を2つと数える) */
const columns = 160;

/** 全部を見せる検査: サーバ、クライアント、合わせる検査の、初めに落ちたもの。 @param all みな見せる */
function firsts(checks: Checked[], all: boolean): Checked[] {
  const failed = checks.filter(({ failure }) => failure);
  if (all) return failed;
  return failed.filter(({ part, untried }, i) => !untried && failed.findIndex((one) => one.part === part) === i);
}

/** 同じ標準エラーは1回だけにする。 @param shown すでに見せたもの */
function shortened(report: Report, shown: Set<string>): Report {
  const outputs = report.outputs.map((output) => {
    const seen = output.stderr.trim() && shown.has(output.stderr);
    shown.add(output.stderr);
    return seen ? { ...output, stderr: "(上と同じ)" } : output;
  });
  return { ...report, outputs };
}

/** 1つのレッスンの結果: 検査の表と、落ちたものの報告 */
function lessonLines({ lesson, checks }: LessonResult, all: boolean): string[] {
  const told = firsts(checks, all);
  const lines = [lesson];
  for (const check of checks) {
    const mark = check.passed ? "✓" : check.untried ? "－" : "✕";
    const line = `  ${mark} ${check.name}`;
    if (told.includes(check)) lines.push(`${line} (下の ● を見てください)`);
    else lines.push(check.failure ? `${line}: ${inBrief(check.failure, columns - width(line) - 2)}` : line);
  }
  const shown = new Set<string>();
  const parts = new Set(told.map(({ part }) => part));
  for (const { name, failure, part } of told) {
    const report = shortened(failure!, shown);
    // どちらの出力も、もう見せた
    if (!all && part === "pair" && parts.size === 3) report.outputs = report.outputs.filter(({ stderr }) => stderr);
    lines.push("", `● ${name}`, ...inFull(report).map((line) => `  ${line}`.trimEnd()));
  }
  return [...lines, ""];
}

/** まず直すところ: プログラム、分かれば行、間違い */
function firstFault(result: Result): string[] {
  for (const { lesson, checks } of result.lessons) {
    const check = checks.find(({ failure, untried }) => failure && !untried);
    if (!check) continue;
    const { saw, hint, expected, outputs, differs } = check.failure!;
    const [, file, line] = saw.match(/\((\S+) の (\d+) 行目\)/) ?? [];
    const program = file ?? (check.part === "pair" ? (outputs[0]?.name ?? lesson) : `${lesson}/${check.part}.ts`);
    const said = saw.replace(/^\S+ が(?:エラーで終わりました: | )/, "").replace(/ \(\S+ の \d+ 行目\)/, "");
    const side = (one = "(終わり)") => cut(one, 40);
    const sides = differs ? ` (期待: ${side(differs.expected)} 実際: ${side(differs.actual)})` : "";
    const plain = differs || line || hint || /次のとおり|ファイル|フォルダ/.test(expected);
    const rest = `${plain ? sides : ` (期待: ${expected})`}${hint ? `。${hint}` : ""}`;
    const place = `まず直すところ: ${program}${line ? ` の ${line} 行目` : ""}: `;
    const room = Math.max(30, columns - width(place) - width(rest));
    return [cut(visible(`${place}${cut(said, room)}${rest}`).replaceAll("\n", " "), columns)];
  }
  return [];
}

/**
 * 画面に見せる行。終わりの行は、まず直すところ
 * @param command 同じ値でもう一度試すコマンド
 * @param all 落ちた検査を、みな全部見せる
 */
export function screen(result: Result, command: string, all = false): string {
  if (result.fault) return `エラー: ${visible(result.fault)}\n`;
  const counts = result.lessons.map(({ lesson, passed, max }) => `${lesson}: ${max} のうち ${passed} に合格`);
  const fault = firstFault(result);
  const again = fault.length ? [`同じ値でもう一度: ${command}`] : [];
  return [...result.lessons.flatMap((one) => lessonLines(one, all)), ...counts, ...again, ...fault, ""].join("\n");
}

/** 1行にした、落ちた検査 */
export const brief = ({ failure, name }: Checked) => `${name} (${inBrief(failure!, columns)})`;
