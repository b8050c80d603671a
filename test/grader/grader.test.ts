// 採点そのもののテスト: 正しい提出はどう書いても通り、間違いはその名の検査で落ちる
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checks as practice1 } from "../lessons/Practice1.checks.ts";
import { checks as practice2 } from "../lessons/Practice2.checks.ts";
import { checks as socket1 } from "../lessons/Socket1.checks.ts";
import { root } from "../support/target.ts";
import { setPatience } from "../support/watch.ts";
import { callbacks, modules, typedIn } from "./styles.ts";

const lessons = { Socket1: socket1, Practice1: practice1, Practice2: practice2 };
type Lesson = keyof typeof lessons;
type Files = Record<string, string>;

const folder = mkdtempSync(join(tmpdir(), "submissions-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** 提出フォルダを作る */
function submit(name: string, files: Files) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, file)), { recursive: true });
    writeFileSync(join(folder, name, file), text);
  }
  return join(folder, name);
}

/** このリポジトリの答えの文字列 */
const answer = (path: string) => readFileSync(join(root, path), "utf8");

/**
 * このリポジトリの答えを書き換える。
 * @throws {Error} 書き換えるところが見つからないとき
 */
function edit(lesson: Lesson, file: "server" | "client", from: string | RegExp, to: string): Files {
  const path = `${lesson}/${file}.ts`;
  const text = answer(path);
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`${path} に ${from} がありません`);
  return { [path]: edited };
}

/** レッスンの検査のうち、あてはまるものを動かし、落ちたものの名前と言葉を集める */
async function grade(path: string, lesson: Lesson, among = /./) {
  const failures: { name: string; message: string }[] = [];
  for (const { name, run } of lessons[lesson].filter(({ name }) => among.test(name)))
    await run(join(path, lesson)).catch((error) => failures.push({ name, message: String(error.message) }));
  return failures;
}

const server1 = (from: string | RegExp, to: string) => edit("Practice1", "server", from, to);
const client1 = (from: string | RegExp, to: string) => edit("Practice1", "client", from, to);
const server2 = (from: string | RegExp, to: string) => edit("Practice2", "server", from, to);
const write1 = "await new Promise((sent) => clientsock.write(square(rcvmsg), sent));";

/** 名前、提出、動かす検査、落ちるはずの検査、見せる言葉 */
const wrong: [name: string, lesson: Lesson, files: Files, among: RegExp, fails: RegExp[], says: RegExp][] = [
  ["2乗でなく2倍する", "Practice1", server1("num * num", "num + num"), /Waiting|うちに/, [/2乗を返す$/], /「26」が届きました/],
  ["いつも同じ答え", "Practice1", server1("String(num * num)", '"4489"'), /うちに/, [/うちに2乗/], /「4489」が届きました/],
  ["足し算で文字列をつなげる", "Practice2", server2("String(num1 + num2)", "nums.join('')"), /^サーバは、(add|mul)/, [/add/], /「3012」が届きました/],
  ["引き算が逆", "Practice2", server2("String(num1 - num2)", "String(num2 - num1)"), /^サーバは、(add|sub)/, [/^サーバは、sub/], /「18」が届きました/],
  ["引き算がいつも正", "Practice2", server2("String(num1 - num2)", "String(num1 > num2 ? num1 - num2 : num2 - num1)"), /^サーバは、(add|sub)/, [/^サーバは、sub/], /「18」が届きました/],
  ["割り算を整数で終える", "Practice2", server2("num1 % num2 === 0n", "true"), /^サーバは、(sub|div)/, [/div/], /「2」しか届きませんでした/],
  [
    "接続が終わってから答える",
    "Practice1",
    server1(/for await[^]*?\n  }\n/, 'let all = "";\n  for await (const rcvmsg of clientsock.iterator({ destroyOnReturn: false })) all += rcvmsg;\n  clientsock.end(square(all));\n'),
    /Waiting|うちに/,
    [/接続が開いているうちに/],
    /何も届きませんでした/,
  ],
  ["1つのメッセージにしか答えない", "Practice1", server1('console.log("send");', "break;"), /うちに|すべてに/, [/すべてに/], /接続が(閉じられ|切れ)ました/],
  [
    "1つのクライアントにしか答えない",
    "Practice2",
    server2("server.listen", 'server.once("connection", () => server.close());\n  server.listen'),
    /add,|次のクライアント/,
    [/次のクライアント/],
    /接続する\n.*\n実際: 接続が切れました \(ECONNREFUSED\)/,
  ],
  [
    "両側で決めた別の形で送る",
    "Practice2",
    { ...edit("Practice2", "client", "${operator},${num1},${num2}", "${operator} ${num1} ${num2}"), ...server2('rcvmsg.split(",")', 'rcvmsg.split(" ")') },
    /add,|^クライアントは|合わせると.*add/,
    [/サーバは、add/, /ちょうど sub,30,12 を送る/],
    /「sub 30 12」が届きました/,
  ],
  ["クライアントが自分で計算する", "Practice1", client1("${response}", "${Number(num) ** 2}"), /^クライアントは/, [/返事をそのまま/], /Answer:144/],
  ["たずねない", "Practice1", client1('console.log("数字を入力してください");', ""), /^クライアントは/, [/言葉でたずねる/, /返事をそのまま/], /「数字を入力してください」と表示する/],
  ["サーバとクライアントでポートが違う", "Practice1", { ...client1(/Number\(.*\)/, "9000"), ...server1(/Number\(.*\)/, "6000") }, /うちに|合わせると/, [/合わせると/], /プログラムが終わりました/],
  ["クライアントが終わらない", "Practice1", client1("rl.close();", ""), /^クライアントは/, [/返事を表示したら終わる/], /自分で終わる/],
  ["コンパイルできない", "Practice1", server1("async function main() {", "async function main( {"), /うちに2乗/, [/うちに2乗/], /Transform failed|ERROR|error/],
  ["見本を写しただけ", "Practice1", { "Practice1/server.ts": answer("Socket1/server.ts"), "Practice1/client.ts": answer("Socket1/client.ts") }, /うちに2乗|^クライアントは/, [/うちに2乗/, /言葉でたずねる/, /ちょうど 12/, /返事をそのまま/], /「Get answer」が届きました/],
  ["ファイルがない", "Practice1", { "Practice1/client.ts": answer("Practice1/client.ts") }, /うちに2乗/, [/うちに2乗/], /ファイルがありません: Practice1\/server.ts/],
  ["待ち受けない", "Practice1", { "Practice1/server.ts": "setInterval(() => {}, 1000);" }, /Waiting/, [/Waiting/], /listen して接続を待つ\n実際: 時間内に/],
  ["すぐに終わる", "Practice1", { "Practice1/server.ts": "console.log('おわり');" }, /Waiting/, [/Waiting/], /プログラムが終わりました \(終了コード 0\)[^]*おわり/],
  ["使用中のポート", "Practice1", { "Practice1/server.ts": 'throw new Error("listen EADDRINUSE: address already in use 127.0.0.1:6000");' }, /Waiting/, [/Waiting/], /ポートが使用中/],
  ["教科書と違うポート", "Practice1", { "Practice1/server.ts": "const net = require('node:net'); net.createServer().listen(0, () => console.log('Waiting for connections...'));" }, /Waiting/, [/Waiting/], /ポート 0 で待っています/],
];

const right: [name: string, lesson: Lesson, files: Files, among: RegExp][] = [
  ["コールバック", "Practice2", callbacks, /^クライアントは|listen|すべて|次の|add/],
  ["モジュール", "Practice1", modules, /./],
  ["教科書を写したもの", "Socket1", typedIn, /./],
];

// 6つずつ同時に動かす。jest を1つずつ起動するより早く、止まった提出を待つ間もほかを調べられる
const verdicts = new Map<string, { name: string; message: string }[]>();
beforeAll(async () => {
  setPatience(5000);
  const queue = [...wrong, ...right].values();
  async function lane() {
    for (const [name, lesson, files, among] of queue) verdicts.set(name, await grade(submit(name, files), lesson, among));
  }
  await Promise.all(Array.from({ length: 6 }, lane));
}, 60_000);

test.each(right)("正しい提出を通す: %s", (name) => {
  expect(verdicts.get(name)).toEqual([]);
});

test.each(wrong)("間違った提出を落とす: %s", (name, _lesson, _files, _among, fails, says) => {
  const failures = verdicts.get(name)!;
  expect(failures.map(({ name }) => name)).toEqual(fails.map((one) => expect.stringMatching(one)));
  expect(failures.map(({ message }) => message).join("\n")).toMatch(says);
});

/** 提出フォルダを採点するコマンドを、本当に動かす */
function run(SUBMISSION: string, command: string, ...args: string[]) {
  const env = { ...process.env, SUBMISSION, INIT_CWD: root };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, env, encoding: "utf8" });
  return { status, stdout, stderr };
}

test("npm run grade は、だめな検査があると終了コード 1 で、結果を JSON に書く", () => {
  const path = submit("片方だけ", { "Practice1/client.ts": answer("Practice1/client.ts") });
  const file = join(folder, "result.json");
  const { status } = run(path, "npm", "run", "--silent", "grade", "--", "Practice1", "--json", `--outputFile=${file}`);
  expect(status).toBe(1);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, "utf8"));
  expect({ numPassedTests, numFailedTests }).toEqual({ numPassedTests: 4, numFailedTests: 4 });
});

test.each([
  ["いないフォルダ", [], /^エラー: 提出フォルダがありません: .+\n$/],
  ["からっぽ", [], /^エラー: .+のどれもありません: .+\n$/],
  ["片方だけ", ["Practice2"], /^エラー: .+Practice2 がありません: .+\n$/],
])("調べるものがなければ、エラーの1行で終わる: %s", (name, args, stderr) => {
  mkdirSync(join(folder, "からっぽ"), { recursive: true });
  const jest = join(root, "node_modules/jest/bin/jest.js");
  const result = run(join(folder, name), process.execPath, jest, "--roots", "test/lessons", "--verbose", ...args);
  expect(result).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(stderr) });
});
