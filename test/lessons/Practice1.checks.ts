import { check, clientChecks, expectShown } from "../support/lesson.ts";
import { connect } from "../support/peer.ts";

const port = 6000;
export const prompt = "数字を入力してください";

export const checks = [
  check("サーバは、Waiting for connections... と表示して待つ", port, async (bench) => {
    const { program } = await bench.startServer();
    await program.shows("Waiting for connections...");
  }),

  check("サーバは、数を受け取ると、接続が開いているうちに2乗を返す", port, async (bench) => {
    const { program, server } = await bench.startServer();
    const client = await connect(server, program);
    await client.asks("13", "169");
  }),

  check("サーバは、1つの接続で届く数のすべてに2乗を返す", port, async (bench) => {
    const { program, server } = await bench.startServer();
    const client = await connect(server, program);
    for (const num of [67, 9, 1000, 1]) await client.asks(String(num), String(num * num));
  }),

  ...clientChecks(port, [[prompt, "12"]], "12", "31415", `${prompt}\nAnswer:31415`),

  check("サーバとクライアントを合わせると、67 と打って Answer:4489 と表示する", port, async (bench) => {
    const { server } = await bench.startServer();
    const client = bench.startClientOf(server);
    await client.shows(prompt);
    client.type("67\n");
    await client.ends();
    expectShown(client, `${prompt}\nAnswer:4489`, "サーバとクライアントを動かし、「67」と打つ");
  }),
];
