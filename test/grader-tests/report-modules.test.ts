// 失敗を言葉にする道具 (grader/report/ と、止まったテストを言う jest/hang-reporter.cjs) のテスト
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import { errorIn, crashOf } from "../grader/report/crash.ts";
import { explained } from "../grader/report/explain.ts";
import { Failure, plainFailure, untried } from "../grader/report/failure.ts";
import { slipIn, whyStillRunning } from "../grader/report/hints.ts";
import { difference, missingLine, toLines, wholeLines, withoutTail } from "../grader/report/lines.ts";
import { cut, inBrief, inFull, quote, visible, width } from "../grader/report/render.ts";
import { root } from "../grader/repository-root.ts";

describe("lines.ts", () => {
  test.each([
    ["", []],
    ["a", ["a"]],
    ["a \r\nb\t\n", ["a", "b"]],
    ["a\n\n", ["a", ""]],
  ])("toLines は、行に分けて終わりの空白を取る: %j", (text, lines) => expect(toLines(text)).toEqual(lines));

  test.each([
    ["", []],
    ["改行なし", []],
    ["a\n改行なし", ["a"]],
    ["a\n\n", ["a", ""]],
  ])("wholeLines は、改行まで表示された行だけ: %j", (text, lines) => expect(wholeLines(text)).toEqual(lines));

  test("withoutTail は、終わりの空行だけを除く", () => {
    expect(withoutTail(["", "a", "", ""])).toEqual(["", "a"]);
  });

  test.each([
    [["a"], ["a"], undefined],
    [["a", "b"], ["a", "c"], { line: 2, expected: "b", actual: "c" }],
    [["a", "b"], ["a"], { line: 2, expected: "b", actual: undefined }],
    [["a"], ["a", "b"], { line: 2, expected: undefined, actual: "b" }],
  ])("difference は、初めて違う行: %j と %j", (expected, actual, found) => {
    expect(difference(expected, actual)).toEqual(found);
  });

  test("missingLine は、よく似た行を見せる", () => {
    const near = { line: 1, expected: "Waiting for connections...", actual: "waiting for connection" };
    const saw = "よく似た、違う行があります";
    expect(missingLine(near.expected, `初め\n${near.actual}\n`)).toEqual({ saw, differs: near });
    expect(missingLine("a", "まったく違う行\n").saw).toBe("その行がありません");
    expect(missingLine("abcdefgh", "abcdxxxx\n").saw).toBe("その行がありません"); // 半分より少ない
    expect(missingLine("a", "\n").saw).toBe("何も表示しません");
  });
});

describe("crash.ts", () => {
  const trace = "TypeError: だめ\n    at x (node:net:1:1)\n    at main (/tmp/a/Socket1/server.ts:12:3)\n";

  test.each([
    ["", undefined],
    ["エラー: ポート 6000 は使われています\n", "エラー: ポート 6000 は使われています"],
    [`/tmp/a/Socket1/server.ts:12\n\n${trace}`, "TypeError: だめ (Socket1/server.ts の 12 行目)"],
    ["/x/Socket1/server.ts:3:7: ERROR: Expected \")\"", 'Expected ")" (Socket1/server.ts の 3 行目)'],
    ["ただの言葉\n次の行", "ただの言葉"],
  ])("errorIn は、何がどこで起きたかを読む: %j", (stderr, words) => expect(errorIn(stderr)).toBe(words));

  const server = { name: "server.ts", stderr: "" };
  test.each([
    [{ greedy: false, code: undefined, words: "" }, undefined],
    [{ greedy: false, code: 0, words: "終了コード 0" }, undefined],
    [{ greedy: false, code: 3, words: "終了コード 3" }, "server.ts が 終了コード 3 で終わりました"],
    [{ greedy: true, code: null, words: "" }, "server.ts が 1 GiB より多くのメモリを使ったので、終わらせました"],
  ])("crashOf は、エラーで終わったことを言う: %j", (exit, words) => expect(crashOf({ ...server, exit })).toBe(words));
});

describe("explain.ts は、起きた順に言う", () => {
  const output = (name: string, endedAt: number) => {
    return { name, stdout: "", stderr: "", crash: `${name} がエラーで終わりました`, endedAt };
  };
  const [first, second] = [output("server.ts", 1), output("client.ts", 2)];
  const blaming = { ...first, stderr: "エラー: クライアントとの接続が途中で切れました\n" };
  const shown = (actual?: string) => ({ saw: "表示が違います", differs: { line: 1, expected: "a", actual } });

  test.each([
    ["何も終わっていなければ、見たこと", { saw: "何か" }, [], "何か"],
    ["見たこともなければ、その代わり", undefined, [], "代わり"],
    ["2つ終わったら、先に終わったほうから", undefined, [second, first], `${first.crash}。そのあと、${second.crash}`],
    ["相手のせいで終わったものは、あと", undefined, [blaming, second], `${second.crash}。そのあと、${first.crash}`],
    ["届いたものは、エラーより前", { saw: "届いた", arrived: true }, [first], `届いた。そのあと、${first.crash}`],
    ["ないことは、エラーのせい", { saw: "ありません" }, [first], `${first.crash}。ありません`],
    ["違う表示も、言う", shown("b"), [first], `${first.crash}。表示が違います`],
    ["途切れただけの表示は、言わない", shown(), [first], first.crash],
  ] as const)("%s", (_, sight, outputs, words) => {
    expect(explained(sight as any, "代わり", [...outputs]).saw).toBe(words);
  });

  test("よくある書き損じのヒントを加える。とても長い行は見ない", () => {
    expect(explained({ saw: "「[object Promise]」が届きました" }, "", []).hint).toContain("await");
    const long = { ...first, stderr: `${" ".repeat(500)}is not iterable` };
    expect(explained({ saw: "何か" }, "", [long]).hint).toBeUndefined();
  });
});

describe("hints.ts", () => {
  test.each([
    ["ReferenceError: squre is not defined", "squre という名前はありません。つづりを確かめます"],
    ["ReferenceError: len is not defined", "len は、Node にはありません。長さは、.length です"],
    ["ReferenceError: print is not defined", "print は、Node にはありません。表示は、console.log です"],
    ['ERROR: The symbol "done" has already been declared', "done を2度宣言しています。名前を変えます"],
    ['ERROR: Unexpected "“"', "全角の “ を、半角にします"],
    ['ERROR: Expected ";" but found "）"', "全角の ） を、半角にします"],
    ["Error: listen EADDRINUSE: address already in use 127.0.0.1", "listen は、ポート、アドレスの順に書きます"],
    ["Error: listen EADDRINUSE: address already in use 127.0.0.1:6000", undefined],
    ["何もない", undefined],
  ])("slipIn は、書き損じを言う: %s", (text, hint) => expect(slipIn(text)).toBe(hint));

  test("slipIn は、答えの中の NaN と undefined のことを言う", () => {
    expect(slipIn("", "「NaN」が届きました")).toMatch(/^NaN は、数でないものを/);
    expect(slipIn("", "「undefined」が届きました")).toMatch(/^undefined は、値のない/);
  });

  test("whyStillRunning は、見えたことだけを言う", () => {
    expect(whyStillRunning({})).toBeUndefined();
    expect(whyStillRunning({ busy: true, timer: true })).toMatch(/^CPU を休みなく/);
    expect(whyStillRunning({ socket: true, again: true })).toBe("もう一度サーバにつないだ接続が、開いたままです");
    expect(whyStillRunning({ input: true, timer: true })).toMatch(/^入力を待っています.*。タイマーが動いています/);
  });
});

describe("render.ts", () => {
  test("visible と quote は、目に見えないものを見せる", () => {
    expect(visible("\x1b[31m赤\x7f\x85\r\n\t")).toBe("␛[31m赤␡�\n\t");
    expect(quote("a\tb\nc")).toBe("「a␉b(改行)c」");
    expect(visible("\0".repeat(1000))).toBe("␀(1000個)");
    expect(visible("あ".repeat(30))).toBe("あ(30個)");
    expect(quote("ab".repeat(100))).toMatch(/^「(ab)+a? … b?(ab)+」$/);
  });

  test("cut は、幅に収まるように、中ほどを略す", () => {
    expect(cut("a".repeat(20), 20)).toBe("a".repeat(20));
    for (const text of ["a".repeat(100), "あ".repeat(100)]) {
      expect(width(cut(text, 40))).toBeLessThanOrEqual(40);
      expect(width(cut(text, 40))).toBeGreaterThan(34);
    }
  });

  const report = {
    ...{ done: "動かす", expected: "次のとおり", lines: ["a", "b"], before: ["前のこと"], saw: "違います" },
    ...{ differs: { line: 2, expected: "b", actual: undefined }, hint: "訳" },
    outputs: [
      { name: "server.ts", stdout: "a\n", stderr: "x".repeat(501) },
      { name: "client.ts", stdout: "", stderr: "" },
    ],
  };

  test("inFull は、報告の全部", () => {
    expect(inFull(report)).toEqual([
      ...["その前: 前のこと", "したこと: 動かす", "実際: 違います"],
      ...["  期待: b", "  実際: (ここで終わり)", "ヒント: 訳"],
      ...["--- server.ts の標準出力:", "  │ a", "--- server.ts の標準エラー:", `  │ ${"x".repeat(200)} …(略)`],
    ]);
    const plain = inFull({ ...report, differs: undefined });
    expect(plain.slice(2, 6)).toEqual(["期待: 次のとおり", "    a", "    b", "実際: 違います"]);
    expect(plain.at(-1)).toBe("--- client.ts は、何も表示していません");
  });

  test("100行より先は略す", () => {
    const outputs = [{ name: "server.ts", stdout: "a\n".repeat(102), stderr: "" }];
    expect(inFull({ ...report, outputs }).slice(-2)).toEqual(["  │ a", "  │ …(あと 2 行)"]);
    expect(inFull({ ...report, outputs }).filter((line) => line === "  │ a")).toHaveLength(100);
  });

  test("inBrief は、1行", () => {
    expect(inBrief(report, 160)).toBe("違います (期待: b 実際: (ここで終わり))。訳");
    const arrived = { ...report, differs: undefined, hint: undefined, arrived: true as const };
    expect(inBrief(arrived, 160)).toBe("違います (期待: 次のとおり)");
    expect(width(inBrief({ ...arrived, saw: "長い".repeat(100), hint: "訳" }, 100))).toBeLessThanOrEqual(100);
  });
});

describe("failure.ts", () => {
  test("失敗は、報告と、起きた所を持つ", () => {
    const failure = plainFailure("した", "期待", "見た");
    expect(failure.report).toMatchObject({ done: "した", expected: "期待", saw: "見た" });
    expect(failure.message).toBe("したこと: した\n期待: 期待\n実際: 見た");
    expect(failure.stack).toContain("report-modules.test.ts");
    expect(failure.stack).not.toContain("failure.ts:"); // 道具の行は見せない
  });

  test("試さなかったことは、訳だけを言う", () => {
    expect(untried("訳").message).toBe("試していません (訳)");
    expect(untried("訳")).toBeInstanceOf(Failure);
  });
});

test("jest/hang-reporter.cjs は、限度まで待ったテストの名と所を言い、全体をやめる", () => {
  const Reporter = createRequire(import.meta.url)("../grader/jest/hang-reporter.cjs");
  const said = jest.spyOn(console, "error").mockImplementation(() => {});
  const kill = jest.spyOn(process, "kill").mockImplementation(() => true);
  const file = { path: join(root, "test/a.test.ts") };
  const reporter = new Reporter();
  reporter.onTestFileStart(file);
  reporter.onTestCaseStart(file, { fullName: "早いテスト" });
  reporter.onTestCaseResult(file, { fullName: "早いテスト", failureMessages: ["違います"] });
  expect(kill).not.toHaveBeenCalled();
  const failureMessages = [`Exceeded timeout of 120000 ms for a test.\n    at ${file.path}:7:3`];
  reporter.onTestCaseResult(file, { fullName: "終わらないテスト", failureMessages });
  reporter.onTestFileResult(file);
  const words = said.mock.calls.flat().join("\n");
  jest.restoreAllMocks();
  expect(words).toMatch(/^\n● 早いテスト\n\n違います\n/);
  expect(words).toMatch(/● 終わらないテスト: test\/a\.test\.ts\n\n {2}終わらないテスト\n\n.*test\/a\.test\.ts:7\n/);
  expect(kill).toHaveBeenCalledWith(process.pid, "SIGTERM");
});
