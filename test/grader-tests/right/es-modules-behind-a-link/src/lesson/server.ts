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
console.log("Waiting for connections...");
