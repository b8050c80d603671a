// 書き方は違っても正しい提出。採点はどれも通さなければならない
import { expect, test } from "@jest/globals";
import { modelAnswer, modelAnswers, checkNames, edit, grade, type Files } from "./submissions.ts";

type Right = {
  name: string;
  lesson: string;
  files: () => Files;
  /** 動かす検査の名前に含まれる言葉。どれかがあれば動かす */
  among: string[];
  /** tsx なしで動かせる (早く始められる。program.ts の Options) */
  plain?: true;
};

const { start, client, ends, next, pair } = checkNames;

const square = "(text) => String(Number(text) ** 2)";
const calc = `(text) => {
  const [op, a, b] = String(text).split(",");
  return String({ add: +a + +b, sub: a - b, mul: a * b, div: a / b }[op]);
}`;
const typedSquare = square.replace("(text)", "(text: any)");
const typedCalc = calc
  .replace("(text)", "(text: any)")
  .replace("b] =", "b]: any =")
  .replace("{ add", "({ add")
  .replace("}[op]", "} as any)[op]");

/** CPU を 0.5 秒使って読み込まれるパッケージ。時計ではなく、使った CPU で測る */
const heavy = `
  const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
  const begun = used();
  while (used() - begun < 0.5);
  exports.square = ${square};`;

/** 手で動かすときには、どれもない環境変数 */
const byHand = ["NODE_ENV", "JEST_WORKER_ID", "SUBMISSION", "SEED", "NAMED"];
const required = modelAnswer("Practice1", "client").replaceAll(/^import (.*) from (.*);$/gm, "const $1 = require($2);");

const right: Right[] = [
  {
    name: "送ってすぐに end し、それから返事を待つ",
    lesson: "Socket2",
    plain: true,
    among: [pair, "そのまま", ends],
    files: () => ({
      ...modelAnswers("Socket2"),
      "Socket2/client.ts": `
        import net from "node:net";
        const c = net.connect(6000, "127.0.0.1", () => c.end("Hello"));
        c.on("data", (m) => process.stdout.write(m));`,
    }),
  },
  {
    name: "ES モジュールのフォルダへのリンク、トップレベルの await、PORT を読まない、標準入力を1バイトずつ読む",
    lesson: "Practice1",
    among: [pair, ends],
    files: () => ({
      "src/package.json": `{ "type": "module" }`,
      "src/lesson/server.ts": `
        import * as net from "node:net";
        const server = new net.Server();
        server.on("connection", async (socket) => {
          for await (const chunk of socket) {
            socket.write(String(Number(chunk) ** 2));
            console.log("send  ");
            console.log("(ひとりごと)");
          }
        });
        server.listen({ port: 6000, host: "127.0.0.1" });
        await new Promise((resolve) => server.once("listening", resolve));
        console.log("Waiting for connections...");`,
      "src/lesson/client.ts": `
        import { connect } from "node:net";
        import { readSync } from "node:fs";
        const byte = Buffer.alloc(1);
        console.log("数字を入力してください");
        let num = "";
        for (;;) {
          try {
            if (!readSync(0, byte, 0, 1, null) || byte[0] === 10) break;
          } catch (error: any) {
            if (error.code === "EAGAIN") continue;
            throw error;
          }
          num += byte;
        }
        const socket = connect(6000, "localhost");
        socket.write(num);
        socket.once("data", (data) => {
          process.stdout.write("Answer:");
          process.stdout.write(data);
          socket.destroy();
        });`,
      Practice1: { link: "src/lesson" },
    }),
  },
  {
    name: "スレッドが待ち受ける。process.stdin の data で読み、答えの後で pause する",
    lesson: "Practice1",
    among: [start, pair],
    files: () => ({
      "Practice1/server.ts": `
        import { Worker } from "node:worker_threads";
        import { join } from "node:path";
        new Worker(join(__dirname, "listener.cjs")).on("message", (line: string) => console.log(line));`,
      "Practice1/listener.cjs": `
        const { parentPort } = require("node:worker_threads");
        const square = ${square};
        require("node:net")
          .createServer((s) => s.on("data", (d) => s.write(square(d), () => parentPort.postMessage("send"))))
          .listen(process.env.PORT || 6000, "127.0.0.1", () => parentPort.postMessage("Waiting for connections..."));`,
      "Practice1/client.ts": `
        import net from "net";
        const rl = { close: () => process.stdin.pause() };
        console.log("数字を入力してください");
        process.stdin.once("data", (data) => {
          const num = String(data).trim();
          const client = net.connect(Number(process.env.PORT || 6000), "127.0.0.1", () => client.write(num));
          client.on("data", (data) => {
            console.log("Answer:" + data);
            client.end();
            rl.close();
          });
        });`,
    }),
  },
  {
    name: "環境変数を選んで渡した子プロセスが待ち受ける。クライアントは NODE_ENV が test なら動かない",
    lesson: "Practice1",
    plain: true,
    among: [pair],
    files: () => ({
      "Practice1/server.ts": `
        import net from "net";
        import { spawn } from "child_process";
        if (process.argv[2]) {
          const square = ${typedSquare};
          net.createServer((s) => s.on("data", (d) => { s.write(square(d)); console.log("send"); }))
            .listen(6000, () => console.log("Waiting for connections..."));
        } else {
          const args = [...process.execArgv, __filename, "child"];
          spawn(process.execPath, args, { stdio: "inherit", detached: true, env: { PATH: process.env.PATH } });
        }`,
      "Practice1/client.ts": `
        if (require.main === module && !${JSON.stringify(byHand)}.some((name) => process.env[name])) {
          ${required}
        }`,
    }),
  },
  {
    name: "ほかにもサーバを持ち、自分でつないでみる。process.send で知らせる。CRLF とバイト順の印",
    lesson: "Practice1",
    plain: true,
    among: [pair],
    files: () => ({
      "Practice1/server.ts": `\ufeff
        import net from "net";
        import http from "http";
        http.createServer((_, res) => res.end("元気です")).listen(8123, () => http.get({ port: 8123 }, () => {
          process.send!({ ready: true, port: 8123, asked: 6000 });
          const square = ${typedSquare};
          net.createServer((s) => {
            s.on("data", (d) => { s.write(square(d)); console.log("send"); });
            s.on("close", () => process.exit());
          }).listen(Number(process.env.PORT) || 6000, "127.0.0.1", () => console.log("Waiting for connections... "));
        }));`.replaceAll("\n", "\r\n"),
      "Practice1/client.ts": modelAnswer("Practice1", "client").replaceAll("\n", "\r\n"),
    }),
  },
  {
    name: "クライアントが、2乗を数にしてから表示する",
    lesson: "Practice1",
    plain: true,
    among: [client, pair],
    files: () => edit("Practice1", "client", "`Answer:${response}`", '"Answer:" + Number(response)'),
  },
  {
    name: "待ち始める前に、CPU を 0.5 秒使ってパッケージを読み込む",
    lesson: "Practice1",
    plain: true,
    among: [start, pair],
    files: () => ({
      "Practice1/client.ts": modelAnswer("Practice1", "client"),
      "Practice1/package.json": `{ "dependencies": { "heavy": "1.0.0" } }`,
      "Practice1/node_modules/heavy/index.js": heavy,
      "Practice1/server.ts": `
        import net from "node:net";
        import { square } from "heavy";
        const server = net.createServer((socket) => {
          socket.on("data", (data) => socket.write(square(data), () => console.log("send")));
        });
        server.listen(process.env.PORT || 6000, () => console.log("Waiting for connections..."));`,
    }),
  },
  {
    name: "相手が閉じても自分の側は閉じない。2.0 と答え、遅れて聞き、標準エラーにたくさん書く",
    lesson: "Practice2",
    plain: true,
    among: ["割り切れ", next],
    files: () => ({
      "Practice2/server.ts": `
        const net = require("node:net");
        const calc: any = { add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b, div: (a, b) => a / b };
        net.createServer({ allowHalfOpen: true }, (socket: any) => {
          console.error("接続:", socket.remotePort);
          setTimeout(() => socket.on("data", (data: Buffer) => {
            const [op, a, b] = data.toString().split(",");
            const answer = calc[op](parseInt(a), parseInt(b));
            const quotient = Number.isInteger(answer) ? answer.toFixed(1) : answer.toFixed(10);
            socket.write(op === "div" ? quotient : "" + answer);
          }), 50);
        }).listen(9000, () => console.log("listen ('127.0.0.1', 9000)"));`,
      "Practice2/client.ts": modelAnswer("Practice2", "client"),
    }),
  },
  {
    name: "命令ごとのファイルを import() で読み込む。入力が揃ってからつなぐ",
    lesson: "Practice2",
    among: [pair],
    files: () => ({
      "Practice2/server.ts": `
        import net from "net";
        net.createServer((s) => s.on("data", async (d) => {
          const { run } = await import("./commands.mjs");
          s.write(run(d));
        })).listen(process.env.PORT ?? 9000, () => console.log("listen ('127.0.0.1', %s)", process.env.PORT ?? 9000));`,
      "Practice2/commands.mjs": `export const run = ${calc};`,
      "Practice2/client.ts": `
        import net from "net";
        import readline from "readline";
        const rl = readline.createInterface({ input: process.stdin });
        const lines: string[] = [];
        const menu = ["足し算--->add", "引き算--->sub", "掛け算--->mul", "割り算--->div"].join("\\n");
        const first = "計算結果を返すサービスです\\n実行する演算子を入力してください\\n" + menu;
        const asks = [first, "1つ目の数を入力してください", "2つ目の数を入力してください"];
        console.log(asks[0]);
        rl.on("line", (line) => {
          lines.push(line);
          if (lines.length < 3) return console.log(asks[lines.length]);
          rl.close();
          const socket = net.connect(Number(process.env.PORT ?? 9000), "127.0.0.1", () => socket.write(lines.join()));
          socket.on("data", (data) => { console.log("[Result]\\n" + data); socket.end(); });
        });`,
    }),
  },
  {
    name: "cluster。接続は、どれかの子が受ける",
    lesson: "Practice2",
    plain: true,
    among: [pair],
    files: () => ({
      ...modelAnswers("Practice2"),
      "Practice2/server.ts": `
        import cluster from "node:cluster";
        import net from "node:net";
        if (cluster.isPrimary) {
          cluster.once("listening", (_, { address, port }) => console.log(\`listen ('\${address}', \${port})\`));
          cluster.fork(); cluster.fork();
        } else {
          const calc: any = ${typedCalc};
          net.createServer((s) => s.on("data", (d) => s.write(calc(d)))).listen(9000, "127.0.0.1");
        }`,
    }),
  },
  {
    name: "クライアントが、計算の結果を数にしてから表示する",
    lesson: "Practice2",
    plain: true,
    among: [client, pair],
    files: () => edit("Practice2", "client", "${response}", "${Number(response)}"),
  },
  {
    name: "クラスで書き、listening を先に聞く。答えをまとめて遅らせる",
    lesson: "Socket2",
    plain: true,
    among: [start, pair, ends],
    files: () => ({
      "Socket2/server.ts": `
        import { Server, type AddressInfo } from "node:net";
        class Echo extends Server {
          constructor() {
            super();
            this.on("listening", () => {
              const { address, port } = this.address() as AddressInfo;
              console.log("listen ('%s', %d)", address, port);
            });
            this.on("connection", (s) => {
              s.setEncoding("utf8");
              s.on("data", (m) => { console.log(m); setTimeout(() => s.write("GETS"), 30); });
              s.on("close", () => console.log());
            });
          }
        }
        new Echo().listen(6000, "127.0.0.1");`,
      "Socket2/client.ts": `
        import net from "node:net";
        const c = new net.Socket();
        c.connect(6000, "127.0.0.1", () => c.write("Hello"));
        c.on("data", (m) => { process.stdout.write(m); c.end(); });`,
    }),
  },
  {
    name: "教科書を写したもの。終わりの空白がなく、process.exit で終わる",
    lesson: "Socket1",
    plain: true,
    among: [pair],
    files: () => ({
      "Socket1/server.ts": `
        import net from "node:net";
        net.createServer((c) => {
          c.setEncoding("utf8");
          c.on("data", (m) => {
            console.log("Received ->", m);
            console.log("Recepi message...");
            c.write("Get answer", () => console.log("send message"));
          });
          c.on("close", () => { console.log("Received ->"); process.exit(); });
        }).listen(Number(process.env.PORT) || 6000, "127.0.0.1")
          .on("listening", () => console.log("Waiting for connections..."));`,
      "Socket1/client.ts": modelAnswer("Socket2", "client"),
    }),
  },
];

// いくつかを同時に動かす (maxConcurrency)
test.concurrent.each(right)("正しい提出を通す: $name", async ({ files, lesson, among, plain }) => {
  expect(await grade(files(), lesson, among, { plain })).toEqual([]);
});
