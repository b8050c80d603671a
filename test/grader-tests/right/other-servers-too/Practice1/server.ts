import net from "net";
import http from "http";
http.createServer((_, res) => res.end("元気です")).listen(8123, () => http.get({ port: 8123 }, () => {
  process.send!({ ready: true, port: 8123, asked: 6000 });
  const square = (text: any) => String(Number(text) ** 2);
  net.createServer((s) => {
    s.on("data", (d) => { s.write(square(d)); console.log("send"); });
    s.on("close", () => process.exit());
  }).listen(Number(process.env.PORT) || 6000, "127.0.0.1", () => console.log("Waiting for connections... "));
}));
