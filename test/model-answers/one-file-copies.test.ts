// 写し: 1つのファイルだけを空のフォルダに写しても、教科書のとおりに動く。空の PORT、待つアドレス、すぐの再起動も
import { expect, test } from "@jest/globals";
import { lessons } from "../grader/lessons/all.ts";
import { clientShows, copy, serverShows, showsExactly, start, typeSample } from "./run-copy.ts";

test.each(lessons)("$name: 写しのサーバとクライアントが、教科書のとおりに表示して終わる", async (lesson) => {
  // PORT が空なら、教科書のポート番号になる
  const { port, clients, starts } = lesson;
  const server = await start(copy(lesson, "server"), { PORT: "", anyPort: true });
  const there = await server.listens(port);
  expect(there.address).toBe("127.0.0.1"); // ほかの計算機からはつなげない

  const client = await start(copy(lesson, "client"), { PORT: "", connectTo: { [port]: there.port } });
  await typeSample(lesson, client);
  expect(await client.ends()).toEqual({ code: 0, stdout: clientShows(lesson), stderr: "" });
  const lasting = clients === "many";
  if (lasting) {
    await showsExactly(server, serverShows(lesson), "クライアントの終わりを待つ");
    server.signal("SIGINT"); // Ctrl-C
  }
  expect(await server.ends()).toEqual({ code: lasting ? null : 0, stdout: serverShows(lesson), stderr: "" });

  // 終わったばかりのポートで、すぐにまた始められる。表示するのは、本当のポート番号
  const again = await start(copy(lesson, "server"), { PORT: there.port });
  await again.listens(there.port);
  await again.shows(starts(there.port));
});
