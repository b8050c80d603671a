// 本 (README.md) を、初めから終わりまで、書いてあるとおりにたどる
import { afterAll, afterEach, beforeAll, describe, test } from "@jest/globals";
import { units } from "./readme.ts";
import { Reader } from "./reader.ts";

/** たどらないコマンドと、その訳。ほかは、みな動かす */
const notRun: [command: RegExp, reason: string][] = [
  [/^npm ci$/m, "ネットワークが要る"],
  [/^npm test$/m, "このテストを、もう一度動かす"],
  [/^(strace|grep|printf) /m, "1つの種類の OS の道具"],
  [/^python3 /m, "Python があるとは限らない"],
  [/^node inspect /m, "新しい Node で、人が打つもの"],
];

const reader = new Reader(notRun.map(([command]) => command));
beforeAll(() => reader.begin());
afterEach(() => reader.end());
afterAll(() => reader.end());

describe("本をたどる", () => {
  const walked = units.filter(({ steps }) => steps.some(({ kind }) => kind !== "mermaid"));
  test.each(walked)("$line 行: $title", (unit) => reader.walk(unit));
});
