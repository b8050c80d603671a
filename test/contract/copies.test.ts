// 写し: 1つのファイルだけをどこへ写しても動き、教科書と1バイトも違わない
import { copy, serverShows, servesMany, textbookPort, transcript, typeSample } from "../support/contract.ts";
import { Program } from "../support/program.ts";
import { lessons } from "../support/target.ts";

test.each(lessons)("%s: 空のフォルダのサーバと commonjs のフォルダのクライアントが、教科書のとおりに表示して終わる", async (lesson) => {
  // PORT が空なら、教科書のポート番号になる
  const swap = (to: number) => ({ PORT: "", ports: { [textbookPort(lesson)]: to } });
  const server = new Program(copy(lesson, "server"), swap(0));
  const { address, port, asked } = await server.listens();
  expect(asked).toBe(textbookPort(lesson));
  expect(address).toBe("127.0.0.1"); // ほかの計算機からはつなげない

  const client = new Program(copy(lesson, "client", "commonjs"), swap(port));
  await typeSample(lesson, client);
  expect(await client.ends()).toEqual({ code: 0, stdout: transcript(lesson), stderr: "" });
  const lasting = servesMany.includes(lesson);
  if (lasting) {
    await server.shows(serverShows[lesson](port));
    server.signal("SIGINT"); // Ctrl-C
  }
  expect(await server.ends()).toEqual({ code: lasting ? null : 0, stdout: serverShows[lesson](port), stderr: "" });

  // 終わったばかりのポートで、すぐにまた始められる
  const again = new Program(copy(lesson, "server", "commonjs"), { PORT: port });
  expect(await again.listens()).toMatchObject({ port });
  await again.shows(serverShows[lesson](port).split("\n")[0]);
});
