// 写し: 1つのファイルだけをどこへ写しても動き、教科書と1バイトも違わない
import { join } from "node:path";
import { lessons } from "../lessons/all.ts";
import { Program } from "../support/program.ts";
import { root } from "../support/root.ts";
import { clientShows, copy, serverShows, showsExactly, start, trial, typeSample } from "./own.ts";

const title = "$name: 空のフォルダへの写しのサーバと、このリポジトリのクライアントが、教科書のとおりに表示して終わる";

test.each(lessons)(title, async (lesson) => {
  // PORT が空なら、教科書のポート番号になる
  const { name, port, clients, starts } = lesson;
  const server = await start(copy(lesson, "server"), { PORT: "", anyPort: true });
  const there = await server.listens(port);
  expect(there.address).toBe("127.0.0.1"); // ほかの計算機からはつなげない

  const options = { PORT: "", connectTo: { [port]: there.port } };
  const client = await Program.start(trial, join(root, name, "client.ts"), options);
  await typeSample(lesson, client);
  expect(await client.ends()).toEqual({ code: 0, stdout: clientShows(lesson), stderr: "" });
  const lasting = clients === "many";
  if (lasting) {
    await showsExactly(server, serverShows(lesson), "クライアントの終わりを待つ");
    server.signal("SIGINT"); // Ctrl-C
  }
  expect(await server.ends()).toEqual({ code: lasting ? null : 0, stdout: serverShows(lesson), stderr: "" });

  // 終わったばかりのポートで、すぐにまた始められる。表示するのは、本当のポート番号
  const again = await Program.start(trial, join(root, name, "server.ts"), { PORT: there.port });
  await again.listens(there.port);
  await again.shows(starts(there.port));
});
