// 2つ動かないように、プログラムのとなりと一時フォルダに鍵のファイルを置き、終わるときに消す
const fs = require("fs");
const net = require("net");
const os = require("os");
const path = require("path");

const locks = [path.join(__dirname, "server.lock"), path.join(os.tmpdir(), "practice1.lock")];
for (const lock of locks) fs.closeSync(fs.openSync(lock, "wx")); // もうあれば、エラー
const unlock = () => locks.forEach((lock: string) => fs.rmSync(lock, { force: true }));
process.on("exit", unlock);
process.on("SIGINT", () => process.exit());
process.on("SIGTERM", () => process.exit());

const server = net.createServer((socket: any) => {
  server.close();
  socket.on("data", (data: Buffer) => {
    const num = parseInt(data.toString(), 10);
    socket.write(String(num * num));
    console.log("send");
  });
  socket.on("error", () => {});
});
server.listen(Number(process.env.PORT || 6000), "127.0.0.1", () => console.log("Waiting for connections..."));
