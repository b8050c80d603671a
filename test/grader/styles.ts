// 書き方は違っても正しい提出。採点はどれも通さなければならない

/** 実践2。コールバックで書き、ポートは書き込み、聞くのを遅らせ、標準エラーにたくさん書き、8/4 は 2.0 と答える */
export const callbacks = {
  "Practice2/server.ts": `
    const net = require("node:net");
    const calc: any = { add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b, div: (a, b) => a / b };
    const server = net.createServer((socket: any) => {
      console.error("接続:", socket.remoteAddress);
      setTimeout(() => {
        socket.on("data", (data: Buffer) => {
          console.error("受信:", data);
          const [op, a, b] = data.toString().split(",");
          const answer = calc[op](parseInt(a), parseInt(b));
          socket.write(op === "div" && Number.isInteger(answer) ? answer.toFixed(1) : "" + answer);
        });
      }, 50);
    });
    server.listen(9000, () => console.log("listen ('127.0.0.1', 9000)"));`,
  "Practice2/client.ts": `
    const net = require("node:net");
    const readline = require("node:readline");
    const rl = readline.createInterface({ input: process.stdin, output: process.stdout });
    console.log("計算結果を返すサービスです  ");
    console.log("実行する演算子を入力してください  \\n足し算--->add  \\n引き算--->sub  \\n掛け算--->mul  ");
    rl.question("割り算--->div\\n", (op: string) => {
      rl.question("1つ目の数を入力してください\\n", (a: string) => {
        rl.question("2つ目の数を入力してください\\n", (b: string) => {
          rl.close();
          const socket = net.connect(9000, "localhost", () => socket.write(op + "," + a + "," + b));
          socket.on("data", (data: Buffer) => {
            console.log("[Result]\\n" + data);
            socket.end();
          });
        });
      });
    });`,
};

/** 実践1。package.json があり、トップレベルの await で書き、PORT を読む */
export const modules = {
  "package.json": `{ "type": "module" }`,
  "Practice1/server.ts": `
    import * as net from "node:net";
    const server = new net.Server();
    server.on("connection", async (socket) => {
      for await (const chunk of socket) socket.write(String(Number(chunk) ** 2));
      server.close();
    });
    server.listen({ port: process.env.PORT ?? 6000, host: "127.0.0.1" });
    await new Promise((resolve) => server.once("listening", resolve));
    console.log("Waiting for connections...");`,
  "Practice1/client.ts": `
    import { connect } from "node:net";
    import { createInterface } from "node:readline/promises";
    const rl = createInterface({ input: process.stdin });
    console.log("数字を入力してください");
    const num = await rl.question("");
    rl.close();
    const socket = connect({ port: Number(process.env.PORT ?? 6000), host: "127.0.0.1" });
    socket.write(num);
    socket.once("data", (data) => {
      process.stdout.write("Answer:" + data.toString());
      socket.destroy();
    });`,
};

/** Socket1。教科書を写したもので、終わりの空白がなく、process.exit で終わる */
export const typedIn = {
  "Socket1/server.ts": `
    import net from "node:net";
    const port = Number(process.env.PORT) || 6000;
    net.createServer((c) => {
      c.setEncoding("utf8");
      c.on("data", (m) => {
        console.log("Received ->", m);
        console.log("Recepi message...");
        c.write("Get answer", () => console.log("send message"));
      });
      c.on("close", () => {
        console.log("Received ->");
        process.exit();
      });
    }).listen(port, "127.0.0.1").on("listening", () => console.log("Waiting for connections..."));`,
  "Socket1/client.ts": `
    import net from "node:net";
    const c = new net.Socket();
    c.connect(6000, "127.0.0.1", () => c.end("Hello"));
    c.on("data", (m) => process.stdout.write(m));`,
};
