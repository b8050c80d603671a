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
  .on("listening", () => console.log("Waiting for connections..."));
