// 検査の作り方 (grader/checks/) のうち、間違った提出では調べきれないもののテスト。名前が、ファイルの名前
import { describe, expect, test } from "@jest/globals";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { exactly, onlyOnce } from "../grader/checks/ask-server.ts";
import { showsLines } from "../grader/checks/displayed-lines.ts";
import { Grading } from "../grader/checks/grading.ts";
import { Values } from "../grader/checks/random-values.ts";
import { lessonNamed } from "../grader/lessons/all.ts";
import { connect, listen } from "../grader/process/peer.ts";
import type { Program } from "../grader/process/program.ts";
import { root } from "../grader/repository-root.ts";
import type { Failure } from "../grader/report/failure.ts";
import { Puppet, session, useSession } from "./short-program.ts";

/** 道具が壊れて待ち続けるときに、早く赤くなるように (ms) */
const limit = 30_000;

useSession(2000);

const saw = (promise: Promise<unknown>) => promise.then(() => "うまくいきました", (error: Failure) => error.report.saw);

describe("displayed-lines.ts の showsLines", () => {
  const shows = (puppet: Puppet) => saw(showsLines(puppet as unknown as Program, ["a", "b"], "表示を待つ"));

  test("待っているとおりになれば、うまくいく。終わりの空行は問わない", async () => {
    const puppet = new Puppet(session);
    const result = shows(puppet);
    puppet.print("a\nb\n\n");
    expect(await result).toBe("うまくいきました");
  }, limit);

  test("そのとおりになったあとで、何か表示されると失敗する", async () => {
    const puppet = new Puppet(session);
    puppet.print("a\nb\n");
    const result = shows(puppet);
    await sleep(200);
    puppet.print("c\n");
    expect(await result).toBe("server.ts の表示の 3 行目が違います");
  }, limit);
});

describe("ask-server.ts の onlyOnce", () => {
  const question = (n: number) => ({ message: String(n), reply: exactly(n * n), about: [] });

  test.each([
    ["1回ずつ答える", ["144", "169"], "うまくいきました"],
    ["2度答える", ["144144"], "同じ答えが、もう一度届きました (「144144」)"],
    ["改行を付ける", ["144\n"], "「144」の終わりに、改行が付いています"],
    ["前の答えを、次の答えに残す", ["144", "144169"], "前の答えと合わせて、「144169」が届きました"],
  ])("%s", async (_, replies, words) => {
    const raw = await listen(session);
    const peer = await connect({ host: "127.0.0.1", port: raw.port }, session);
    const asking = saw(onlyOnce(peer, question(12), question(13)));
    const server = raw.next()!;
    for (const reply of replies) {
      while (!server.received) await sleep(10);
      server.received = "";
      server.send(reply);
    }
    expect(await asking).toBe(words);
  }, limit);
});

describe("grading.ts", () => {
  const grading = new Grading(lessonNamed("Socket1"), join(root, "Socket1"), { seed: 1 });

  test("withTools は、検査が終わるまで待ってから片付ける", async () => {
    const ended = await grading.withTools("server", async ({ session }) => {
      await sleep(50);
      return session.ended;
    });
    expect(ended).toBe(false);
  }, limit);

  test("一度待ちきれなかった部分では、あとは長くは待たない", async () => {
    await grading.withTools("client", async ({ session }) => void (session.hung = true));
    const patiences = await Promise.all(
      (["client", "server"] as const).map((part) => grading.withTools(part, async ({ session }) => session.patience)),
    );
    expect(patiences).toEqual([1000, 5000]);
  }, limit);
});

test("random-values.ts: seed と名前が同じなら、同じ値になる", () => {
  const values = (seed: number, name: string) => {
    const some = new Values(seed, name);
    return [some.integer(0, 999_999), some.integer(5, 5), some.word(), some.shuffled([1, 2, 3, 4, 5, 6, 7, 8])];
  };
  expect(values(1, "a")).toEqual(values(1, "a"));
  expect(values(1, "a")).not.toEqual(values(1, "b"));
  expect(values(1, "a")).not.toEqual(values(2, "a"));
  expect(values(1, "a")[1]).toBe(5);
  for (const digits of [1, 6]) expect(String(new Values(1, "a").digits(digits))).toHaveLength(digits);
});
