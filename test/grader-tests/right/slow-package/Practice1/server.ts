import net from "node:net";
import { square } from "heavy";
const server = net.createServer((socket) => {
  socket.on("data", (data) => socket.write(square(data), () => console.log("send")));
});
server.listen(process.env.PORT || 6000, () => console.log("Waiting for connections..."));
