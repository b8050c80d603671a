import net from "net";
net.createServer((s) => s.on("data", async (d) => {
  const { run } = await import("./commands.mjs");
  s.write(run(d));
})).listen(process.env.PORT ?? 9000, () => console.log("listen ('127.0.0.1', %s)", process.env.PORT ?? 9000));
