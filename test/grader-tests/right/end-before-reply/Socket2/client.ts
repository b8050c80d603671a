import net from "node:net";
const c = net.connect(6000, "127.0.0.1", () => c.end("Hello"));
c.on("data", (m) => process.stdout.write(m));
