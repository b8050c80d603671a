// 写し: 1つのファイルだけをどこへ写しても動き、教科書と1バイトも違わない
import { join } from "node:path";
import { Program } from "../support/program.ts";
import { lessons, root } from "../support/target.ts";
import { copy, serverShows, servesMany, start, textbookPort, transcript, trial, typeSample } from "./tools.ts";

test.each(lessons)("%s: 空のフォルダへの写しのサーバと、このリポジトリのクライアントが、教科書のとおりに表示して終わる", async (lesson) => {
  // PORT が空なら、教科書のポート番号になる
  const port = textbookPort(lesson);
  const server = await start(copy(lesson, "server"), { PORT: "", ports: {} });
  const there = await server.listens(port);
  expect(there.address).toBe("127.0.0.1"); // ほかの計算機からはつなげない

  const client = await Program.start(trial, join(root, lesson, "client.ts"), { PORT: "", ports: { [port]: there.port } });
  await typeSample(lesson, client);
  expect(await client.ends()).toEqual({ code: 0, stdout: transcript(lesson), stderr: "" });
  const lasting = servesMany.includes(lesson);
  if (lasting) {
    const shown = () => server.stdout === serverShows[lesson](port) || undefined;
    await server.until(shown, "クライアントの終わりを待つ", "表示し終わる");
    server.signal("SIGINT"); // Ctrl-C
  }
  expect(await server.ends()).toEqual({ code: lasting ? null : 0, stdout: serverShows[lesson](port), stderr: "" });

  // 終わったばかりのポートで、すぐにまた始められる。表示するのは、本当のポート番号
  const again = await Program.start(trial, join(root, lesson, "server.ts"), { PORT: there.port });
  await again.listens(there.port);
  await again.shows([serverShows[lesson](there.port).split("\n")[0]]);
});
