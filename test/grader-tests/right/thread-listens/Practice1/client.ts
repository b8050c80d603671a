import net from "net";
const rl = { close: () => process.stdin.pause() };
console.log("数字を入力してください");
process.stdin.once("data", (data) => {
  const num = String(data).trim();
  const client = net.connect(Number(process.env.PORT || 6000), "127.0.0.1", () => client.write(num));
  client.on("data", (data) => {
    console.log("Answer:" + data);
    client.end();
    rl.close();
  });
});
