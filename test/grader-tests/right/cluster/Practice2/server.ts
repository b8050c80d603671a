import cluster from "node:cluster";
import net from "node:net";

const calc = (text: any) => {
  const [op, a, b]: any = String(text).split(",");
  return String(({ add: +a + +b, sub: a - b, mul: a * b, div: a / b } as any)[op]);
};

if (cluster.isPrimary) {
  cluster.once("listening", (_, { address, port }) => console.log(`listen ('${address}', ${port})`));
  cluster.fork();
  cluster.fork();
} else {
  net.createServer((s) => s.on("data", (d) => s.write(calc(d)))).listen(9000, "127.0.0.1");
}
