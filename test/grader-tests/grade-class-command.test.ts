// クラス全員の採点 (npm run grade:class) のコマンドと、その表や CSV を作るもの (class-table.ts)
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { csv, faultOf, gradescope, table } from "../grader/class-table.ts";
import { readCall } from "../grader/command-line.ts";
import { lessonNamed } from "../grader/lessons/all.ts";
import { root } from "../grader/repository-root.ts";
import { classOf, runToEnd } from "./run-command.ts";
import { modelAnswer, modelAnswers } from "./submissions.ts";

const { checks } = lessonNamed("Socket1");
const max = checks.length;

/** ほかの人のサーバを、見つけしだい空にする。ほかの人の写しも */
const spoiling = `import { readdirSync, realpathSync, writeFileSync } from "node:fs";
const own = realpathSync("Socket1/server.ts");
for (const folder of ["..", "../..", CLASS])
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = folder + "/" + name;
    if (name.endsWith("server.ts") && realpathSync(path) !== own) writeFileSync(path, "");
  }
`;

test("全員を採点し、表と CSV と1人ずつの結果を書く", async () => {
  const client = modelAnswer("Socket1", "client");
  const folder = classOf({
    alice: modelAnswers("Socket1"),
    'bob, "ボブ"': { "Socket1/client.ts": client.replace('"Hello"', '"Hallo"') },
    carol: { "Socket-1/server.ts": "" },
  });
  mkdirSync(join(folder, "eve/Socket1"), { recursive: true });
  const spoiled = spoiling.replace("CLASS", JSON.stringify(folder));
  writeFileSync(join(folder, "eve/Socket1/server.ts"), spoiled + modelAnswer("Socket1", "server"));
  writeFileSync(join(folder, "eve/Socket1/client.ts"), client);
  mkdirSync(join(folder, ".git"));
  symlinkSync("/no/such/folder", join(folder, "dave"));
  const out = join(folder, "results");
  mkdirSync(out);
  writeFileSync(join(out, "carol.results.json"), "前の結果");
  const args = [folder, "Socket1", "to", out, "seed", "5", "--", "--gradescope"];
  const { code, stdout, stderr } = await runToEnd("grade:class", args, { npm: true, env: { PLAIN: "1" } });
  expect(code).toBe(2); // dave は採点できない

  const marks = checks.filter(({ part }) => part === "client").length - 1;
  const fault = `Socket1: ${checks[0].name} (ファイルがありません: Socket1/server.ts)`;
  expect(readFileSync(join(out, "results.csv"), "utf8").split("\r\n")).toEqual([
    "\ufeffname,Socket1,Socket1 max,fault,model",
    `alice,${max},${max},,Socket1`,
    `"bob, ""ボブ""",${marks},${max},${fault},`,
    `carol,0,${max},${`Socket1: ${checks[0].name} (フォルダがありません: Socket1)`},`,
    expect.stringContaining("dave,,,提出フォルダがありません: "),
    `eve,${max},${max},,`,
    "",
  ]);
  expect(stdout.split("\n")).toContainEqual(`bob, "ボブ"\t${marks}\t${max}\t${fault}\t`);
  expect(stderr).toContain(`bob, "ボブ": Socket1 ${marks}/${max} ${fault} (残り `);
  expect(stderr).toContain("dave: 採点できません。 提出フォルダがありません: ");
  expect(stderr).toContain(`同じ値でもう一度: npm run grade:class ${folder} Socket1 to ${out} seed 5\n`);
  const files = ["alice", 'bob, "ボブ"', "carol", "dave", "eve"];
  const each = files.flatMap((name) => [".json", ".results.json", ".txt"].map((end) => name + end));
  expect(readdirSync(out).sort()).toEqual([...each, "results.csv"].sort());

  const read = (file: string) => readFileSync(join(out, file), "utf8");
  expect(JSON.parse(read("alice.json"))).toMatchObject({ seed: 5, lessons: [{ passed: max }] });
  const { tests } = JSON.parse(read('bob, "ボブ".results.json'));
  const wrong = { score: 0, max_score: 1, output: expect.stringContaining("「Hallo」が届きました") };
  expect(tests).toContainEqual(expect.objectContaining(wrong));
  expect(read('bob, "ボブ".txt')).toContain("「Hallo」が届きました");
});

test.each([
  [["test", "--out"], "--out というオプションはありません: npm run grade:class test"],
  [["no-such-folder"], "提出フォルダの入ったフォルダがありません: "],
  [["test", "Practice1", "../out"], "打ちます: npm run grade:class test Practice1 to ../out"],
  [["test", "to", "test"], "結果のフォルダを、提出フォルダとは別にします"],
  [["test", "to"], "to のあとに、結果のフォルダを書きます"],
  [[".", "Practice1"], "1人の提出フォルダのようです: npm run grade . Practice1"],
  [["test", "to", "package.json"], "結果のフォルダにするところに、ファイルがあります: "],
])("呼び方の間違いには、正しい形を言う: %j", (args, words) => {
  expect(() => readCall("grade:class", args, root)).toThrow(words);
});

test("採点できないと、エラーの1行で終わる", async () => {
  const folder = classOf({});
  const stderr = `エラー: 提出フォルダが1つもありません: ${folder}\n`;
  expect(await runToEnd("grade:class", [folder, "Practice1"])).toEqual({ code: 2, stdout: "", stderr });
});

const result = { lessons: [], seed: 1, node: "v20.0.0" };
const checked = { id: "a", name: "検査", part: "server" as const };

test("みな合格した人の行に、落ちた訳はない。提出されていないレッスンの点は空", () => {
  const lessons = [{ lesson: "Practice1", passed: 1, max: 1, checks: [{ ...checked, passed: true }] }];
  expect(table([{ name: "alice", result: { ...result, lessons }, model: [] }], ["Practice1", "Practice2"])).toEqual([
    ["name", "Practice1", "Practice1 max", "Practice2", "Practice2 max", "fault", "model"],
    ["alice", 1, 1, "", "", "", ""],
  ]);
});

test("採点できなければ、点はなく、その訳の1行目を言う", () => {
  const failed = { ...result, fault: "採点そのものの間違い\n    at x" };
  expect(faultOf(failed)).toBe("採点そのものの間違い");
  expect(JSON.parse(gradescope(failed))).toEqual({ score: 0, output: failed.fault });
});

test("CSV のセルは、数式として始まらず、制御文字を持たない", () => {
  const rows = [["=1+1", "+1", "-1", "@a", -1, 'a,"b"', "\x1b[31m赤\nい"]];
  expect(csv(rows)).toBe("\ufeff'=1+1,'+1,'-1,'@a,-1,\"a,\"\"b\"\"\",␛[31m赤 い\r\n");
});
