// プログラミングコンテストの習慣: /dev/stdin を開いて読み、/dev/stdout に書く。require と __dirname を使う
const fs = require("fs");
const net = require("net");
const path = require("path");

const input = fs.openSync("/dev/stdin", "r");
const output = fs.openSync("/dev/stdout", "w");
const log = fs.openSync("/dev/stderr", "w");
fs.writeSync(log, `${path.basename(__dirname)}\n`);

fs.writeSync(output, "数字を入力してください\n");
const buffer = Buffer.alloc(100);
const size = fs.readSync(input, buffer, 0, 100, null);
const num = buffer.toString("utf8", 0, size).trim();

const client = net.connect(Number(process.env.PORT || 6000), "127.0.0.1", () => client.write(num));
client.on("data", (data: Buffer) => {
  fs.writeSync(output, `Answer:${data}\n`);
  client.end();
});
