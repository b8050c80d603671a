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
}).listen(9000, () => console.log("listen ('127.0.0.1', 9000)"));
