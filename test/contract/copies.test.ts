// 写し: 1つのファイルだけをどこへ写しても動き、教科書と1バイトも違わない
import { copy, lessons, servesMany, textbookPort, transcript, typeSample } from "../support/contract.ts";
import { Program } from "../support/program.ts";

const serverShows: Record<string, (port: number) => string> = {
  Socket1: () => "Waiting for connections...\nReceived -> Hello\nRecepi message...\nsend message\nReceived -> \n",
  Practice1: () => "Waiting for connections...\nsend\n",
  Socket2: (port) => `listen ('127.0.0.1', ${port})\nHello\n\n`,
  Practice2: (port) => `listen ('127.0.0.1', ${port})\n`,
};

/** サーバとクライアントを最後まで動かし、表示と終了コードを調べる */
async function runPair(lesson: string, serverProgram: Program, startClient: (port: number) => Program) {
  const { address, port, asked } = await serverProgram.listens();
  expect(address).toBe("127.0.0.1"); // ほかの計算機からはつなげない
  const client = startClient(port);
  await typeSample(lesson, client);
  expect(await client.ends()).toEqual({ code: 0, stdout: transcript(lesson), stderr: "" });
  if (servesMany.includes(lesson)) {
    await serverProgram.shows(serverShows[lesson](port));
    serverProgram.signal("SIGINT"); // Ctrl-C
  }
  const code = servesMany.includes(lesson) ? null : 0;
  expect(await serverProgram.ends()).toEqual({ code, stdout: serverShows[lesson](port), stderr: "" });
  return { port, asked };
}

test.each(lessons)("%s: 空のフォルダでも、commonjs のフォルダでも動く。終わったポートですぐにまた始められる", async (lesson) => {
  // PORT が空なら、教科書のポート番号になる
  const swap = (to: number) => ({ PORT: "", ports: { [textbookPort(lesson)]: to } });
  const { port, asked } = await runPair(lesson, new Program(copy(lesson, "server"), swap(0)), (to) => new Program(copy(lesson, "client"), swap(to)));
  expect(asked).toBe(textbookPort(lesson));

  const commonjs = '{ "type": "commonjs" }';
  await runPair(
    lesson,
    new Program(copy(lesson, "server", commonjs), { PORT: port }),
    (to) => new Program(copy(lesson, "client", commonjs), { PORT: to }),
  );
});
