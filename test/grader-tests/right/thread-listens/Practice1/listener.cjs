const { parentPort } = require("node:worker_threads");
const square = (text) => String(Number(text) ** 2);
require("node:net")
  .createServer((s) => s.on("data", (d) => s.write(square(d), () => parentPort.postMessage("send"))))
  .listen(process.env.PORT || 6000, "127.0.0.1", () => parentPort.postMessage("Waiting for connections..."));
