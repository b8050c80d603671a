import net from "node:net";
const c = new net.Socket();
c.connect(6000, "127.0.0.1", () => c.write("Hello"));
c.on("data", (m) => { process.stdout.write(m); c.end(); });
