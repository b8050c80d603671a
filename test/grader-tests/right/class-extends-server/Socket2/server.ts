import { Server, type AddressInfo } from "node:net";
class Echo extends Server {
  constructor() {
    super();
    this.on("listening", () => {
      const { address, port } = this.address() as AddressInfo;
      console.log("listen ('%s', %d)", address, port);
    });
    this.on("connection", (s) => {
      s.setEncoding("utf8");
      s.on("data", (m) => { console.log(m); setTimeout(() => s.write("GETS"), 30); });
      s.on("close", () => console.log());
    });
  }
}
new Echo().listen(6000, "127.0.0.1");
