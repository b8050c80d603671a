// プログラムの間違い (写しを書き換えるときの書き損じ) は、隠さずに、ファイルと行を見せる
import { describe, expect, test } from "@jest/globals";
import { lessonNamed, lessons } from "../grader/lessons/all.ts";
import type { Program } from "../grader/process/program.ts";
import { clientSends, editedCopy, startAndConnect, start, withOwnClient } from "./run-copy.ts";

process.env.PLAIN = "lines"; // launch.ts

/** 間違いのある行を見せて、終了コード 1 で終わること */
async function showsMistake(program: Program, { path, line }: { path: string; line: number }, mistake: string) {
  const { code, stderr } = await program.ends(1000);
  expect(code).toBe(1);
  expect(stderr).toContain(`${path}:${line}`);
  expect(stderr).toContain(mistake);
  expect(stderr).not.toContain("エラー: ");
}

const misspelt = "console.lgo is not a function";

describe.each(lessons)("$name", (lesson) => {
  test.each(["server", "client"] as const)("%s.ts: main の書き損じを見せる", async (file) => {
    const copy = editedCopy(lesson, file, "async function main() {", "async function main() { console.lgo(1);");
    await showsMistake(await start(copy.path, { anyPort: true, connectTo: 1 }), copy, misspelt);
  });
});

test.each(withOwnClient)("$name/client.ts: 返事を受け取ったあとの書き損じを見せる", async (lesson) => {
  const receive = 'await once(client, "data");';
  const copy = editedCopy(lesson, "client", receive, `${receive} console.lgo(1);`);
  const { program, peer } = await clientSends(lesson, copy.path);
  peer.send("答え");
  await showsMistake(program, copy, misspelt);
});

// 受信のあとで間違える。文字列でないものを送るのは、型の間違い
test.each([
  ["Socket1", 'console.log("Recepi message...")', 'console.lgo("Recepi message...")', misspelt],
  ["Socket2", "console.log(data)", "console.lgo(data)", misspelt],
  ["Socket2", 'Buffer.from("GETS", "utf8")', 'Buffer.from(67 as any, "utf8")', "ERR_INVALID_ARG_TYPE"],
  ["Practice1", "String(num * num)", "Strin(num * num)", "Strin is not defined"],
  ["Practice2", "String(num1 + num2)", "Strin(num1 + num2)", "Strin is not defined"],
  ["Practice2", "write(request_data, sent)", "write(67 as any, sent)", "ERR_INVALID_ARG_TYPE"],
])("%s/server.ts: 受信のあとの間違い (%s を %s に) を見せる", async (name, from, to, mistake) => {
  const lesson = lessonNamed(name);
  const copy = editedCopy(lesson, "server", from, to);
  const { program, client } = await startAndConnect(lesson, copy.path);
  client.send(lesson.message);
  await showsMistake(program, copy, mistake);
});
