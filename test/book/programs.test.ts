// 本 (README.md) のコマンドと実験と新しいプログラムが、書いてあるとおりに動くこと
import { execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "@jest/globals";
import type { Lesson } from "../grader/checks/lesson.ts";
import { copy, editedCopy, endsInError, serverShows, serverShowsEach } from "../model-answers/run-copy.ts";
import { start, startClient, startServer, session, typeSample } from "../model-answers/run-copy.ts";
import { environment } from "../grader/process/environment.ts";
import { Program } from "../grader/process/program.ts";
import { root } from "../grader/repository-root.ts";
import { editedSource, written } from "../model-answers/source.ts";
import { connect } from "../grader/process/peer.ts";
import { blocks, command, only, practice1, practice2, programs, socket1, socket2 } from "./readme.ts";

const run = promisify(execFile);
const node = async (code: string) => (await run(process.execPath, ["-e", code], { env: environment() })).stdout;

/** 写しの一部を書き換えて、空いているポートで動かす */
const startChanged = (lesson: Lesson, ...edits: [string, string][]) =>
  startServer(lesson, written("server.ts", editedSource(lesson, "server", ...edits)));

/** プログラムの標準出力が、ちょうどこれになるまで待つ */
const shows = (program: Program, text: string) =>
  program.until(() => program.stdout === text || undefined, { done: "表示を待つ", expected: text });

/** いつもより小さな時間にした、本の中の囲み */
const shorter = (text: string) => text.replaceAll("5000", "300");

describe("つながらないコマンド", () => {
  test.each([
    ["const twice", "HelloHello true\n"],
    ["console.log(answer)", "Promise { <pending> }\n"],
    ["await answer", "Hello\n"],
    ["Buffer.from", "<Buffer e3 81 82>\n"],
    ["new EventEmitter()", "Answer:[object Promise]\n"],
    ["let rest", "Hello\nWorld\n"],
  ])("%s は、書いてあるとおりに表示する", async (word, shown) => {
    expect(await node(command(word))).toBe(shown);
  });

  test("localhost は、この機械自身のアドレスになる", async () => {
    expect(await node(command("lookup("))).toMatch(/'(127\.0\.0\.1|::1)'/);
  });
});

describe("socket の章の実験", () => {
  test("返事を変えると、クライアントの表示が変わる", async () => {
    const { program, server } = await startChanged(socket1, ['"Get answer"', '"やあ"']);
    const client = await start(copy(socket1, "client"), { connectTo: { 6000: server.port } });
    expect((await client.ends()).stdout).toBe("やあ\n");
    expect((await program.ends()).stdout).toBe(serverShows(socket1));
  });

  test("UDP の手紙は、TCP のサーバに届かない", async () => {
    const { program, server } = await startServer(socket1);
    await node(command("letter.send", { 6000: server.port }));
    const client = await start(copy(socket1, "client"), { connectTo: { 6000: server.port } });
    await client.ends();
    expect((await program.ends()).stdout).toBe(serverShows(socket1));
  });

  test("2人目は断られ、1人目は打った行に返事をもらう", async () => {
    const { program, server } = await startServer(socket1);
    const nc = await connect(server, session);
    const second = await start(copy(socket1, "client"), { connectTo: { 6000: server.port } });
    await endsInError(second, "サーバ");
    await nc.exchange("Hello\n", "Get answer");
    const shown = only("text", "Received -> Hello\n\n");
    await shows(program, shown);
    nc.leave();
    expect((await program.ends()).stdout).toBe(`${shown}Received -> \n`);
  });

  /** 2つに分けて送る */
  async function inTwo(
    program: Program,
    server: { host: string; port: number },
    one: string | Buffer,
    other: string | Buffer,
    answered: boolean,
  ) {
    const nc = await connect(server, session);
    nc.socket.setNoDelay();
    nc.send(one);
    if (answered) await nc.gets("Get answer", "前半を送る");
    else await new Promise((written) => nc.socket.write("", written));
    nc.send(other);
    await nc.gets("Get answer", "後半を送る");
    nc.socket.end();
    return (await program.ends()).stdout;
  }

  test("Hel と lo は、2通になる", async () => {
    const { program, server } = await startServer(socket1);
    expect(await inTwo(program, server, "Hel", "lo", true)).toBe(only("text", "Received -> lo"));
  });

  test("setEncoding がないと、分かれて届いた文字は割れる。あれば割れない", async () => {
    const [, one, other] = only("sh", "\\343").match(/printf '(.+?)'; sleep 1; printf '(.+?)'/)!;
    const bytes = (text: string) =>
      Buffer.from(
        text
          .slice(1)
          .split("\\")
          .map((octal) => parseInt(octal, 8)),
      );
    expect(Buffer.concat([bytes(one), bytes(other)]).toString()).toBe("あ");
    const line = '  clientsock.setEncoding("utf8"); // 届いたバイト列を文字列にする (decode)\n';
    const without = await startChanged(socket1, [line, ""]);
    expect(await inTwo(without.program, without.server, bytes(one), bytes(other), true)).toBe(only("text", "\ufffd"));
    const { program, server } = await startServer(socket1);
    expect(await inTwo(program, server, bytes(one), bytes(other), false)).toBe(serverShowsEach(socket1, "あ"));
  });

  test("sent を渡さないと、返事は届くが、サーバはそこから進まない", async () => {
    const { program, server } = await startChanged(socket1, ['"Get answer", sent', '"Get answer"']);
    const client = await start(copy(socket1, "client"), { connectTo: { 6000: server.port } });
    expect((await client.ends()).stdout).toBe("Get answer\n");
    const shown = blocks("text").find(
      ({ file, text }) => file === "my/Try/server.ts" && text.endsWith("message...\n"),
    )!.text;
    await shows(program, shown);
    expect(await program.quiet(() => (program.stdout === shown ? undefined : program.stdout), 300)).toBeUndefined();
    expect(program.code).toBeUndefined();
  });

  test("serversock.close() がないと、表示は同じだが、終わらない", async () => {
    const { program, server } = await startChanged(socket1, ["  serversock.close();\n", ""]);
    const client = await start(copy(socket1, "client"), { connectTo: { 6000: server.port } });
    await client.ends();
    await shows(program, serverShows(socket1));
    expect(await program.quiet(() => program.over(), 300)).toBeUndefined();
    expect(program.code).toBeUndefined();
  });

  test("end の備えがないと、返事をしないサーバでも、何も言わずに終わる", async () => {
    const handler =
      '  client.on("end", () => {\n    if (client.bytesRead === 0) client.destroy(new Error("NO_ANSWER"));\n  });\n';
    for (const [edits, code] of [
      [[], 1],
      [[[handler, ""]], 0],
    ] as [[string, string][], number][]) {
      const { program, peer } = await startClient(socket1,
        written("client.ts", editedSource(socket1, "client", ...edits)),
      );
      await peer.gets("Hello", "つなぐのを待つ");
      peer.socket.end();
      expect(await program.ends()).toEqual({ code, stdout: "", stderr: code ? only("text", "返事をせずに") : "" });
    }
  });

  test("手で打った返事が、表示される", async () => {
    const { program, peer } = await startClient(socket1);
    await peer.exchange("", "Hello");
    peer.send("やあ\n");
    expect((await program.ends()).stdout).toBe("やあ\n\n");
  });
});

describe("自分の間違いを読む", () => {
  /** 写しを書き換えて動かし、「Hello」を送ったときの標準エラー */
  async function mistaken(from: string, to: string) {
    const { path, line } = editedCopy(socket1, "server", from, to);
    const { program, server } = await startServer(socket1, path);
    const peer = await connect(server, session);
    peer.send("Hello");
    return { path, line, stderr: (await program.ends()).stderr };
  }
  /** 本の表示のうち、場所と Node の中の行の番号によらない行 */
  const own = (text: string, path: string) =>
    text
      .replaceAll("/home/you/book/my/Try/server.ts", path)
      .split("\n")
      .filter((line) => line.trim() && !/node:internal|^ +\^$|ERR_INVALID_ARG_TYPE\($/.test(line));

  test.each([
    ["clientsok is not defined", "clientsock.write", "clientsok.write"],
    ["ERR_INVALID_ARG_TYPE", '"Get answer"', "4489"],
  ])("%s は、書いてあるとおりに見える", async (word, from, to) => {
    const { path, line, stderr } = await mistaken(from, to);
    const shown = only("console", word);
    expect(shown).toContain(`server.ts:${line}`);
    for (const line of own(shown, path)) expect(stderr).toContain(`${line}\n`);
    expect(stderr.startsWith("node:internal/")).toBe(word === "ERR_INVALID_ARG_TYPE");
  });

  test.each([
    [
      "once is not a function or its return value is not iterable",
      'await once(serversock, "connection")',
      'once(serversock, "connection")',
    ],
    ["clientsock is not iterable", "for await (const rcvmsg of clientsock)", "for (const rcvmsg of clientsock)"],
  ])("サーバで await を忘れると「%s」", async (word, from, to) => {
    const path = written("server.ts", editedSource(socket1, "server", [from, to]));
    writeFileSync(join(dirname(path), "package.json"), '{ "type": "module" }'); // この本のフォルダのように
    const program = await Program.start(session, path, { anyPort: true });
    if (!to.startsWith("once")) await connect(await program.listens(6000), session);
    expect((await program.ends()).stderr).toContain(word);
  });

  test.each([
    ["Cannot read properties of undefined", 'num.trim() || " "'],
    ["Received undefined", "num"],
  ])("入力の await を忘れると「%s」", async (word, sent) => {
    const lines = '  const { value: num, done } = await lines.next();\n  if (done) throw new Error("NO_INPUT");\n';
    const client = editedSource(practice1,
      "client",
      [lines, "  const { value: num } = lines.next();\n"],
      ['num.trim() || " "', sent],
    );
    const { program } = await startClient(practice1, written("client.ts", client));
    expect((await program.ends()).stderr).toContain(word);
  });
});

describe("socketserver の章の実験", () => {
  const logged = "    console.log(data);\n";
  const answer = '    await new Promise((sent) => request.write("GETS", sent));\n';

  test.each([
    ["計算は重ならない", 0, ["Hello", "返事", "Hello", "返事"], 600],
    ["待ち時間は重なる", 1, ["Hello", "Hello", "返事", "返事"], 300],
  ])("2人同時に: %s", async (_, which, order, atLeast) => {
    const inserted = shorter(blocks("ts").filter(({ file }) => file === "my/Try/server.ts")[which].text);
    // 表示の順番を見られるように、返事のあとに1行足す
    const { program, server } = await startChanged(socket2,
      [logged, logged + inserted],
      [answer, `${answer}    console.log("返事");\n`],
    );
    const peers = [await connect(server, session), await connect(server, session)];
    const begun = performance.now();
    for (const peer of peers) peer.send("Hello");
    for (const peer of peers) await peer.gets("GETS", "2人で同時に送る");
    expect(performance.now() - begun).toBeGreaterThan(atLeast - 20); // 時計の読み方の違いの分
    await program.until(() => program.lines().length > 4 || undefined, {
      done: "2人で同時に送る",
      expected: "2回返事をする",
    });
    expect(program.lines().slice(1)).toEqual(order);
  });

  test("1人目がつながっていても、2人目にすぐ返事をする", async () => {
    const { server } = await startServer(socket2);
    await connect(server, session);
    const client = await start(copy(socket2, "client"), { connectTo: { 6000: server.port } });
    expect((await client.ends()).stdout).toBe("GETS\n");
  });

  test("切れただけでも投げ直すと、サーバが終わる。見逃せば、次に答える", async () => {
    const reset = (port: number) => node(command("resetAndDestroy", { 6000: port }));
    const fragile = await startChanged(socket2, ["if (error !== request.errored) throw error;", "throw error;"]);
    await reset(fragile.server.port);
    const { code, stderr } = await fragile.program.ends();
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("Error: read ECONNRESET") });
    const { server } = await startServer(socket2);
    await reset(server.port);
    await (await connect(server, session)).exchange("Hello", "GETS");
  });

  test("待ち行列が1でも、何度でも答える", async () => {
    const { server } = await startChanged(socket2, [
      "listen({ host, port })",
      "listen({ host, port, backlog: 1 })",
    ]);
    for (let i = 0; i < 3; i++) {
      const peer = await connect(server, session);
      await peer.exchange("Hello", "GETS");
      peer.leave();
    }
  });
});

describe("TCPは流れである", () => {
  test("くっつける node のコマンドで、2通が1通になる", async () => {
    const { program, server } = await startServer(socket1);
    await node(command("c.cork()", { 6000: server.port }));
    expect((await program.ends()).stdout).toBe(only("text", "HelloWorld"));
  });

  test("10万桁を一度に送る node のコマンドに、サーバは返事をして終わる", async () => {
    const { program, server } = await startServer(practice1);
    await node(command("repeat(100000)", { 6000: server.port }));
    const { code, stdout } = await program.ends();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Waiting for connections\.\.\.\n(send\n)+$/);
  });
});

describe("「次の一歩」の答え", () => {
  const client = () => written("client.ts", programs.lines("client"));

  test("1行を1通とし、1行に1行の返事をする", async () => {
    const { server } = await startServer(practice2, written("server.ts", programs.lines("server")));
    const peer = await connect(server, session);
    peer.send("add,7,4\nmul,7,4\nsub,");
    await peer.gets("11\n28\n", "2通と少しを、くっつけて送る");
    peer.send("7,4\n");
    await peer.gets("3\n", "残りを送る");
    const asked = await start(client(), { connectTo: { 9000: server.port } });
    asked.type("add\n7\n4\n");
    expect(await asked.ends()).toEqual({ code: 0, stdout: expect.stringContaining("\n[Result]\n11\n"), stderr: "" });
  });

  test("続けて届く切れ端を、取りこぼさない", async () => {
    const { program, peer } = await startClient(practice2, client());
    await typeSample(practice2, program);
    await peer.gets("add,7,4\n", "クライアントが送るのを待つ");
    program.signal("SIGSTOP"); // 切れ端が3つとも届くまで、読ませない
    peer.socket.setNoDelay();
    for (const piece of ["1", "2", "\n"]) await new Promise((sent) => peer.socket.write(piece, sent));
    program.signal("SIGCONT");
    expect((await program.ends()).stdout).toContain("\n[Result]\n12\n");
  });

  test("改行のない返事は、表示せず、エラーにする", async () => {
    const { program, peer } = await startClient(practice2, client());
    await typeSample(practice2, program);
    await peer.gets("add,7,4\n", "クライアントが送るのを待つ");
    peer.socket.end("11");
    await endsInError(program, "サーバ");
    expect(program.stdout).not.toContain("11");
  });
});

describe("チャット", () => {
  const startChat = () => startServer(socket2, written("server.ts", programs.chatServer()));

  test("2人の画面は、書いてあるとおりになる", async () => {
    const { server } = await startChat();
    const a = await connect(server, session);
    const b = await connect(server, session);
    const [one, other] = [a, b].map(({ socket }) => String(socket.localPort));
    /** 本の番号を本当の番号にした、2つの画面の行 */
    const screens = ["41556 が来ました", "41554: こんにちは"].map((word) =>
      only("console", word).replaceAll("41554", one).replaceAll("41556", other).split("\n").slice(1, -1),
    );
    const [[came, hello, heard, gone], [said, answer, stop]] = screens;
    expect(stop).toBe("^C");
    await a.gets(`${came}\n`, "2人目が来る");
    a.send(`${hello}\n`);
    await b.gets(`${said}\n`, "1人目が話す");
    b.send(`${answer}\n`);
    await a.gets(`${heard}\n`, "2人目が話す");
    b.leave();
    await a.gets(`${gone}\n`, "2人目が去る");
  });

  test("1行が分かれて届いても、くっついて届いても、1行ずつ伝える。突然切れた人には送らない", async () => {
    const { server } = await startChat();
    const a = await connect(server, session);
    const b = await connect(server, session);
    await a.gets(`${b.socket.localPort} が来ました\n`, "2人目が来る");
    b.send("Hel");
    for (let i = 0; i < 2; i++) {
      a.send("どうぞ\n");
      await b.gets(`${a.socket.localPort}: どうぞ\n`, "1人目が話す"); // 2回のうちに、初めの3文字は読まれている
    }
    b.send("lo\nWorld\nと");
    const name = b.socket.localPort;
    await a.gets(`${name}: Hello\n${name}: World\n`, "2人目が話す");
    b.socket.resetAndDestroy();
    await a.gets(`${name} が去りました\n`, "2人目が切れる");
    const c = await connect(server, session);
    await a.gets(`${c.socket.localPort} が来ました\n`, "3人目が来る");
    a.send("まだいます\n");
    await c.gets(`${a.socket.localPort}: まだいます\n`, "1人目が話す");
  });

  test("自分のクライアントで、サーバの言葉が見え、打った行が伝わり、入力が終わると終わる", async () => {
    const { server } = await startChat();
    const a = await connect(server, session);
    const client = await start(written("client.ts", programs.chatClient()), { connectTo: { 6000: server.port } });
    const came = () => a.received.match(/^(\d+) が来ました\n$/)?.[1];
    await a.until(came, { done: "2人目が来る", expected: "来たと分かる" });
    const name = a.received.split(" ")[0];
    a.received = "";
    a.send("こんにちは\n");
    await client.shows(`${a.socket.localPort}: こんにちは`);
    client.type("聞こえます\n");
    await a.gets(`${name}: 聞こえます\n`, "2人目が話す");
    client.endInput();
    await a.gets(`${name} が去りました\n`, "2人目が入力を終える");
    expect(await client.ends()).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("手で書くウェブ", () => {
  const startWeb = (edit = (text: string) => text) =>
    startServer(socket2, written("server.ts", edit(programs.web())));
  const answer = () => only("text", "HTTP/1.1 200 OK");

  test("nc で頼むと、書いてあるとおりの返事が来る。頼みが分かれて届いても同じ", async () => {
    const asked = only("sh", "GET /")
      .match(/printf '(.+)'/)![1]
      .replaceAll("\\r\\n", "\r\n");
    const { program, server } = await startWeb();
    const nc = await connect(server, session);
    nc.send(asked.slice(0, 10));
    const other = await connect(server, session);
    other.send(asked);
    await other.closes(); // その間に、初めの10文字は読まれている
    expect(nc.received).toBe("");
    nc.send(asked.slice(10));
    expect((await nc.closes()).replaceAll("\r\n", "\n")).toBe(answer());
    for (const line of ["GET / HTTP/1.1", "Host: 127.0.0.1"]) await program.shows(line);
    expect(asked.split("\r\n")[0]).toBe(only("text", "GET /").trimEnd());
  });

  test("ブラウザのように頼む fetch が、ページを読める。長さを文字で数えると、途中で切れる", async () => {
    const page = answer().split("\n\n")[1];
    const get = async ({ server }: { server: { port: number } }) =>
      await (await fetch(`http://127.0.0.1:${server.port}/`)).text();
    expect(await get(await startWeb())).toBe(page);
    const cut = await get(await startWeb((text) => text.replace("Buffer.byteLength(page)", "page.length")));
    expect(page.startsWith(cut.replace(/\ufffd+$/, "")) && cut.length < page.length).toBe(true);
  });
});

describe("UDPで送る", () => {
  /** 空いているポートで待つサーバ。本当の番号を、初めに表示させる */
  async function startUdp() {
    const told = 'server.on("listening", () => console.log(server.address().port));\n';
    const program = await start(written("server.ts", programs.udp("server").replace("6000", "0") + told));
    const port = () => program.lines().find((line) => /^\d+$/.test(line));
    const wait = { done: "サーバを起動する", expected: "ポート番号を表示する" };
    return { program, port: Number(await program.until(port, wait)) };
  }
  const shown = () => only("text", "Waiting for letters").split("\n").slice(1, 2)[0];

  test("クライアントに返事が来て、サーバは書いてあるとおりに表示する", async () => {
    const { program, port } = await startUdp();
    const client = await start(written("client.ts", programs.udp("client").replace("6000", String(port))));
    expect(await client.ends()).toEqual({ code: 0, stdout: "GETS\n", stderr: "" });
    const line = () => program.lines().find((line) => line.replace(/^\d+/, "54321") === shown());
    await program.until(line, { done: "手紙を待つ", expected: shown() });
  });

  test("2通は、2通のまま届く", async () => {
    const { program, port } = await startUdp();
    await node(command('c.send("World"', { 6000: port }));
    const letters = () => program.lines().flatMap((line) => line.match(/から -> (.+)$/)?.[1] ?? []);
    await program.until(() => letters().length > 1 || undefined, { done: "2通送る", expected: "2通届く" });
    expect(letters().sort()).toEqual(["Hello", "World"]);
  });

  test("だれもいない家に出しても、何も起きない", async () => {
    const empty = createSocket("udp4").bind(0, "127.0.0.1");
    await once(empty, "listening");
    const client = await start(
      written("client.ts", programs.udp("client").replace("6000", String(empty.address().port))),
    );
    await once(empty, "message");
    empty.close();
    expect(await client.quiet(() => client.over() ?? (client.stderr || undefined), 300)).toBeUndefined();
  });
});

test("destroy は、まだ渡していないものを捨てる。end は捨てない", async () => {
  const code = command("count, ");
  for (const [text, all] of [
    [code, false],
    [code.replace("client.destroy()", "client.end()"), true],
  ] as const) {
    const program = await start(written("try.ts", text), { anyPort: true });
    const { stdout } = await program.ends();
    const [, count] = stdout.match(/^(\d+) バイト届いた\n$/)!;
    expect(Number(count) === 10_000_000).toBe(all);
  }
});

test("接続を壊す node のコマンドで、サーバがそう言って終わる", async () => {
  const { program, server } = await startServer(socket1);
  await node(command("resetAndDestroy", { 6000: server.port }));
  const { stdout, stderr } = await program.ends();
  expect(stdout + stderr).toBe(only("text", "クライアントとの接続が途中で切れました"));
});

test("中継役は、書いてあるとおりに両方の向きのバイトを見せる。渡す先がいなければ、エラーで終わる", async () => {
  const { program, server } = await startServer(socket1);
  const options = { anyPort: true, connectTo: { 6000: server.port } };
  const relay = await start(written("relay.ts", command("client.pipe(server)")), options);
  const { port } = await relay.listens(7001);
  const client = await start(copy(socket1, "client"), { connectTo: { 6000: port } });
  expect((await client.ends()).stdout).toBe("Get answer\n");
  await program.ends();
  const shown = only("text", "クライアントから");
  await shows(relay, shown);
  await start(copy(socket1, "client"), { connectTo: { 6000: port } });
  expect(await relay.ends()).toMatchObject({ code: 1, stderr: expect.stringContaining("ECONNREFUSED") });
});

test("本の新しいプログラムは、どれも型の検査を通る", async () => {
  const folder = mkdtempSync(join(process.env.TEST_FOLDER!, "types-"));
  const tried = blocks("ts")
    .filter(({ file }) => file === "my/Try/server.ts")
    .map(({ text }) => text);
  const texts: Record<string, string> = {
    lines1: programs.lines("server"),
    lines2: programs.lines("client"),
    chat1: programs.chatServer(),
    chat2: programs.chatClient(),
    web: programs.web(),
    udp1: programs.udp("server"),
    udp2: programs.udp("client"),
    ...Object.fromEntries(
      tried.map((text, i) => [`try${i}`, editedSource(socket2, "server", ["    console.log(data);\n", text])]),
    ),
    // 表の「黙っている」もの
    silent1: editedSource(socket1, "client", [
      'const [response] = await once(client, "data");',
      'const response = once(client, "data");',
    ]),
    silent2: editedSource(socket1, "server", ['await once(serversock, "listening")', 'once(serversock, "listening")']),
    silent3: editedSource(practice2, "client", ["const num1 = await input()", "const num1 = input()"]),
    // 表の「見つける」もの
    found1: editedSource(socket1, "server", ['await once(serversock, "connection")', 'once(serversock, "connection")']),
    found2: editedSource(socket1, "server", ["for await (", "for ("]),
    found3: editedSource(practice1, "client", ["await lines.next()", "lines.next()"]),
    found4: editedSource(socket1, "server", ['"Get answer", sent', "4489, sent"]),
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, `${name}.ts`), text);
  const compilerOptions = { typeRoots: [join(root, "node_modules/@types")], types: ["node"] };
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions, include: ["*.ts"] }),
  );
  const { stdout } = await run(join(root, "node_modules/.bin/tsc"), ["-p", folder, "--pretty", "false"]).catch(
    (error) => error,
  );
  const wrong = new Set([...stdout.matchAll(/(\w+)\.ts\(\d+,\d+\): error/g)].map(([, name]: string[]) => name));
  expect([...wrong].sort()).toEqual(["found1", "found2", "found3", "found4"]);
});
