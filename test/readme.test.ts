// 本 (README.md) が、レッスンのファイルや表示と1文字も違わないこと。test/README.md とともに、形も調べる
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Lesson } from "./checks/lesson.ts";
import { copy, edited, meet, printed, serverShows, serverShowsEach } from "./edges/own.ts";
import { showsExactly, start, startServer } from "./edges/own.ts";
import { lessonNamed, lessons } from "./lessons/all.ts";
import { root } from "./support/root.ts";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const readme = read("README.md");
const guide = read("test/README.md");
const programs = lessons.flatMap(({ name }) => [`${name}/server.ts`, `${name}/client.ts`]);
const [socket1, socket2, practice1, practice2] = ["Socket1", "Socket2", "Practice1", "Practice2"].map(lessonNamed);

/** ``` で囲んだものの中身と、それより上のいちばん近い行にあるファイルの名前 */
const all = [...readme.matchAll(/^(.*)\n+( *)```(\w+)\n([^]*?)^\2```$/gm)].map(([, above, indent, kind, text]) => ({
  kind,
  file: above.match(/^ *`(\w+\/(?:server|client)\.ts)`$/)?.[1],
  text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
}));
const blocks = (kind: string) => all.filter((block) => block.kind === kind).map(({ file, text }) => ({ file, text }));

test("囲みの種類は、ここで調べるものだけ", () => {
  expect(all.length).toBe(readme.match(/^ *```\w/gm)!.length);
  expect([...new Set(all.map(({ kind }) => kind))].sort()).toEqual([
    "console", // 道具の表示。下の「調べない表示」を見よ
    "diff", // 「次の一歩」の答え。あてて動かす
    "mermaid", // 図。GitHub が描く。書き方の検査には大きなパッケージが要るので、変えたときに手で確かめる
    "sh", // コマンド
    "text", // プログラムの表示
    "ts", // レッスンのファイルの引用
  ]);
});

test.each(blocks("ts"))("$file のコードは、ファイルにそのままある", ({ file, text }) => {
  let rest = `\n${read(file!)}`;
  for (const piece of text.split(/^ *\/\/ \.\.\.\n/m)) {
    const at = rest.indexOf(`\n${piece}`);
    if (at < 0) throw new Error(`${file} にありません:\n${piece}`);
    rest = rest.slice(at + piece.length);
  }
});

test("Socket1 は、サーバもクライアントも、全体が1つの囲みにある", () => {
  for (const file of ["Socket1/server.ts", "Socket1/client.ts"]) {
    expect(blocks("ts")).toContainEqual({ file, text: read(file) });
  }
});

const reason = (file: string, name: string) =>
  `エラー: ${read(file).match(new RegExp(`${name}: ["\`](.+)["\`]`))![1].replace("${port}", "6000")}\n`;
const relayed = printed([
  "クライアントから <Buffer 48 65 6c 6c 6f> Hello",
  "サーバから <Buffer 47 65 74 20 61 6e 73 77 65 72> Get answer",
]);

test("画面の写しは、プログラムが表示するもの", () => {
  const screen = ({ prompts, result, answer }: Lesson) =>
    printed([...prompts.flatMap(({ lines, type }) => [...lines, type]), ...result(answer)]);
  expect(blocks("text")).toEqual([
    { file: "Socket1/server.ts", text: serverShows(socket1) },
    { file: "Practice1/client.ts", text: screen(practice1) },
    { file: "Socket2/server.ts", text: serverShows(socket2) },
    { file: "Practice2/client.ts", text: screen(practice2) },
    { file: "Socket1/server.ts", text: serverShowsEach(socket1, "HelloWorld") },
    { file: "Socket1/server.ts", text: serverShowsEach(socket1, "Hel", "lo") },
    { file: "Socket1/server.ts", text: reason("Socket1/server.ts", "EADDRINUSE") },
    { file: "Socket1/client.ts", text: reason("Socket1/client.ts", "ECONNREFUSED") },
    { file: "Socket1/server.ts", text: `Waiting for connections...\n${reason("Socket1/server.ts", "ECONNRESET")}` },
    { file: undefined, text: relayed },
  ]);
});

/** 本文のコマンドのうち、この言葉があるもの */
function command(word: string, ports: Record<number, number> = {}) {
  const found = blocks("sh").filter(({ text }) => text.includes(word));
  expect(found.length).toBe(1);
  const code = found[0].text.match(/^node -e '([^]+)'\n$/)![1];
  return Object.entries(ports).reduce((code, [port, other]) => code.replace(`(${port},`, `(${other},`), code);
}

const node = promisify(execFile);

test("つながらない node のコマンドは、書いてあるとおりに表示する", async () => {
  expect((await node(process.execPath, ["-e", command("Buffer.from")])).stdout).toBe("<Buffer e3 81 82>\n");
  expect((await node(process.execPath, ["-e", command("let rest")])).stdout).toBe("Hello\nWorld\n");
});

test("くっつける node のコマンドで、2通が1通になる", async () => {
  const { program, server } = await startServer(socket1);
  await node(process.execPath, ["-e", command("c.cork()", { 6000: server.port })]);
  expect((await program.ends()).stdout).toBe(blocks("text")[4].text);
});

test("接続を壊す node のコマンドで、サーバがそう言って終わる", async () => {
  const { program, server } = await startServer(socket1);
  await node(process.execPath, ["-e", command("resetAndDestroy", { 6000: server.port })]);
  const { stdout, stderr } = await program.ends();
  expect(stdout + stderr).toBe(blocks("text")[8].text);
});

test("中継役は、書いてあるとおりに両方の向きのバイトを見せる", async () => {
  const { program, server } = await startServer(socket1);
  const file = join(mkdtempSync(join(process.env.TEST_FOLDER!, "relay-")), "relay.ts");
  writeFileSync(file, command("client.pipe(server)"));
  const relay = await start(file, { anyPort: true, connectTo: { 6000: server.port } });
  const { port } = await relay.listens(7001);
  const client = await start(copy(socket1, "client"), { connectTo: { 6000: port } });
  expect((await client.ends()).stdout).toBe("Get answer\n");
  await program.ends();
  await showsExactly(relay, relayed, "中継役を通してつなぐ");
});

/** 「次の一歩」の答えをあてた写し */
function patched(file: "server" | "client"): string {
  const { text } = blocks("diff").find((block) => block.file === `Practice2/${file}.ts`)!;
  const side = (mark: string) => {
    const lines = text.split("\n").filter((line) => line[0] === " " || line[0] === mark);
    return printed(["", ...lines.map((line) => line.slice(1))]);
  };
  return edited(practice2, file, side("-"), side("+")).path;
}

test("「次の一歩」の答えは、1行を1通とする", async () => {
  const { server, client: peer } = await meet(practice2, { file: patched("server") });
  peer.send("add,7,4\nmul,7,4\nsub,");
  await peer.gets("11\n28\n", "2通と少しを、くっつけて送る");
  peer.send("7,4\n");
  await peer.gets("3\n", "残りを送る");
  const client = await start(patched("client"), { connectTo: { [practice2.port]: server.port } });
  client.type("add\n7\n4\n");
  expect((await client.ends()).stdout).toContain("\n[Result]\n11\n");
});

test("自分の間違いは、書いてあるとおりに見える", async () => {
  const [trace, told] = blocks("console").map(({ text }) => text);
  const { path, line } = edited(practice1, "server", "write(square(", "write(squre(");
  const mistake = readFileSync(path, "utf8").split("\n")[line - 1];
  const { program, client } = await meet(practice1, { file: path });
  client.send("67");
  const { stderr } = await program.ends();
  const lines = trace.split("\n");
  expect(lines[0]).toMatch(new RegExp(`/server\\.ts:${line}$`));
  expect(stderr).toContain(`${path}:${line}\n`);
  expect(lines[1]).toBe(mistake);
  expect(stderr).toContain(`\n${mistake}\n`);
  expect(stderr).toContain(`\n${lines[5]}\n`); // ReferenceError の行
  expect(told).toContain(`:${line}:${mistake.indexOf("squre") + 1} - `);
  expect(told).toContain(`\n${line} ${mistake}\n`);
});

test("調べない表示は、ここにあるものだけ", () => {
  const untested = [
    ["/home/you/book", "場所と、Node の中の行の番号は、人によって違う。ほかは上で調べる"],
    ["error TS2552", "tsc の言葉は、版によって違う。行と桁は上で調べる"],
    ["debug> sb(25)", "node inspect は Node 22.18 から。人が打つもの"],
    ["break in Socket1/server.ts:25", "同じ"],
    ["debug> exec rcvmsg", "同じ。ポート番号は毎回違う"],
    ["socket(AF_INET, SOCK_STREAM", "strace は Linux だけにあり、権限も要る。番号は毎回違う"],
    ["COMMAND PID USER", "lsof は、あるとは限らない。番号は毎回違う"],
    ["LISTEN 0      511", "ss は Linux だけにある"],
    ["TIME-WAIT", "同じ。ポート番号は毎回違う"],
  ];
  const words = untested.map(([word]) => word);
  expect(blocks("console").map(({ text }) => words.find((word) => text.includes(word)))).toEqual(words);
  // 止める行と、その前後は、ファイルのまま
  const source = read("Socket1/server.ts").split("\n");
  const shown = blocks("console").map(({ text }) => text).find((text) => text.startsWith("break in"))!;
  for (const [, number, line] of shown.matchAll(/^[ >](\d+) (.*)$/gm)) expect(line).toBe(source[Number(number) - 1]);
});

test("学ぶ人が書く my/ は、git に記録されず、型の検査に入る", async () => {
  expect(read(".gitignore").split("\n")).toContain("my/");
  const folder = mkdtempSync(join(process.env.TEST_FOLDER!, "types-"));
  copyFileSync(join(root, "tsconfig.json"), join(folder, "tsconfig.json"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "my"));
  writeFileSync(join(folder, "my/wrong.ts"), 'const num: number = "67";\n');
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await node(process.execPath, [tsc], { cwd: folder }).catch((error) => error);
  expect(stdout).toMatch(/^my\/wrong\.ts\(1,7\): error TS2322: /);
});

test.each([readme, guide])("コマンドに、注釈がない (zsh は # を引数にする)", (document) => {
  for (const [, text] of document.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)) expect(text).not.toContain("#");
});

test.each([readme, guide])("見出しと囲みの前後は、1行空いている", (document) => {
  const lines = document.split("\n");
  let inside = false;
  for (const [i, line] of lines.entries()) {
    const fence = /^ *```/.test(line);
    const around = [];
    if (!inside && (fence || /^#+ /.test(line))) around.push(lines[i - 1]);
    if (fence ? inside : !inside && /^#+ /.test(line)) around.push(lines[i + 1]);
    for (const near of around) if (near) throw new Error(`${i + 1} 行: ${line}`);
    if (fence) inside = !inside;
  }
});

test("対応表の TypeScript は、どれかのファイルにそのままある", () => {
  const all = programs.map(read).join("\n");
  const table = readme.slice(readme.indexOf("## PythonとTypeScriptの対応表"));
  const rows = table.split("\n").filter((line) => line.startsWith("|")).slice(2);
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const cell = row.replaceAll("\\|", "&pipe;").split("|").at(-2)!.replaceAll("&pipe;", "|");
    const codes = [...cell.matchAll(/(`+) ?(.+?) ?\1(?!`)/g)].map(([, , code]) => code);
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) expect(all).toContain(code);
  }
});

test.each([
  [readme, 2, 30],
  [guide, 1, 5],
])("目次のリンクは、どれも見出しに届き、どの見出しも目次にある", (document, untold, many) => {
  const slug = (heading: string) =>
    `#${heading.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "").replaceAll(" ", "-")}`;
  const anchors = [...document.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading));
  const links = [...document.matchAll(/\]\((#[^)]+)\)/g)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(many);
  for (const link of links) expect(anchors).toContain(link);
  for (const anchor of anchors.slice(untold)) expect(links).toContain(anchor);
  expect(new Set(anchors).size).toBe(anchors.length);
});
