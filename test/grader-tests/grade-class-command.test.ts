// クラス全員の採点 (npm run grade:class) のコマンドと、その表や CSV を作るもの (class-results.ts)
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { csv, resultOf, table } from "../grader/class-results.ts";
import { lessonNamed } from "../grader/lessons/all.ts";
import { classOf, runToEnd } from "./run-command.ts";
import { modelAnswer } from "./submissions.ts";

const { checks } = lessonNamed("Socket1");
const full = checks.length;

test("全員を採点し、表と CSV と1人ずつの結果を書く", async () => {
  const folder = classOf({
    'bob, "ボブ"': { "Socket1/client.ts": modelAnswer("Socket1", "client").replace('"Hello"', '"Hallo"') },
    carol: { "Socket-1/server.ts": "" },
  });
  mkdirSync(join(folder, ".git"));
  symlinkSync("/no/such/folder", join(folder, "dave"));
  const out = join(folder, "results");
  mkdirSync(out);
  writeFileSync(join(out, "carol.results.json"), "前の結果");
  const args = ["--", folder, "Socket1", "--out", out, "--gradescope"];
  const { code, stdout, stderr } = await runToEnd("grade:class", args, { npm: true, env: { PLAIN: "1" } });
  expect(code).toBe(1); // carol と dave は採点できない

  const marks = checks.filter(({ part }) => part === "client").length - 1;
  const fault = `Socket1: ${checks[0].name} (ファイルがありません: Socket1/server.ts)`;
  expect(readFileSync(join(out, "results.csv"), "utf8").split("\r\n")).toEqual([
    "\ufeffname,Socket1,Socket1 max,fault",
    `"bob, ""ボブ""",${marks},${full},${fault}`,
    expect.stringMatching(/^carol,,,".*のどれもありません.*"$/),
    expect.stringContaining("dave,,,エラー: 提出フォルダがありません"),
    "",
  ]);
  expect(stdout.split("\n")).toContainEqual(`bob, "ボブ"\t${marks}\t${full}\t${fault}`);
  expect(stderr).toContain(`bob, "ボブ": Socket1 ${marks}/${full} ${fault} (残り `);
  expect(stderr).toContain("carol: 採点できません。 エラー: ");
  const each = [".json", ".results.json", ".txt"].map((end) => `bob, "ボブ"${end}`);
  const ungraded = ["carol", "dave"].flatMap((name) => [".results.json", ".txt"].map((end) => name + end));
  expect(readdirSync(out).sort()).toEqual([...each, ...ungraded, "results.csv"].sort());
  const carol = JSON.parse(readFileSync(join(out, "carol.results.json"), "utf8"));
  expect(carol).toEqual({ score: 0, output: expect.stringContaining("のどれもありません") });

  const { tests } = JSON.parse(readFileSync(join(out, 'bob, "ボブ".results.json'), "utf8"));
  expect(tests).toHaveLength(full);
  const wrong = { score: 0, max_score: 1, output: expect.stringContaining("「Hallo」が届きました") };
  expect(tests).toContainEqual(expect.objectContaining(wrong));
});

test("採点できないと、エラーの1行で終わる", async () => {
  const { code, stdout, stderr } = await runToEnd("grade:class", [".", "--outs"]);
  const line = "エラー: 引数が正しくありません (--outs)。使えるのは --out フォルダ と --gradescope です\n";
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: line });
});

test("みな合格した人の行に、落ちた訳はない。提出されていないレッスンの点は空", () => {
  const checks = [{ lesson: "Practice1", title: "検査", passed: true, message: "" }];
  expect(table([{ name: "alice", checks, fault: "" }], ["Practice1", "Practice2"])).toEqual([
    ["name", "Practice1", "Practice1 max", "Practice2", "Practice2 max", "fault"],
    ["alice", 1, 1, "", "", ""],
  ]);
});

test("採点そのものの間違いで落ちたなら、そう言う", () => {
  const named = { ancestorTitles: ["Socket1"], title: "検査" };
  const assertionResults = [{ ...named, status: "failed", failureDetails: [{}], failureMessages: ["だめ\nat"] }];
  const { fault } = resultOf("alice", { testResults: [{ assertionResults }] } as any, ["Socket1"]);
  expect(fault).toBe("Socket1: 検査 (採点そのものの間違い: だめ)");
});

test("CSV のセルは、数式として始まらず、制御文字を持たない", () => {
  const rows = [["=1+1", "+1", "-1", "@a", -1, 'a,"b"', "\x1b[31m赤\nい"]];
  expect(csv(rows)).toBe("\ufeff'=1+1,'+1,'-1,'@a,-1,\"a,\"\"b\"\"\",␛[31m赤 い\r\n");
});
