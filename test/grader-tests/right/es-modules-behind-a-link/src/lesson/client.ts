import { connect } from "node:net";
import { readSync } from "node:fs";
const byte = Buffer.alloc(1);
console.log("数字を入力してください");
let num = "";
for (;;) {
  try {
    if (!readSync(0, byte, 0, 1, null) || byte[0] === 10) break;
  } catch (error: any) {
    if (error.code === "EAGAIN") continue;
    throw error;
  }
  num += byte;
}
const socket = connect(6000, "localhost");
socket.write(num);
socket.once("data", (data) => {
  process.stdout.write("Answer:");
  process.stdout.write(data);
  socket.destroy();
});
