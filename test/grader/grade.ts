// 1人の採点: npm run grade my Practice1
import { writeFileSync } from "node:fs";
import { commandOf, readCall, runCommand } from "./command-line.ts";
import { endWithParent } from "./process/end-with-parent.ts";
import { startReaper } from "./process/start-reaper.ts";
import { screen } from "./report/screen.ts";
import { allPassed, grade, toJson } from "./results.ts";
import { Submission } from "./submission.ts";

/** 端末では、続いていることを1行で見せる。 @returns その行を消す関数 */
function showProgress(lessons: string[]) {
  if (!process.stderr.isTTY) return () => {};
  let seconds = 0;
  const show = () => process.stderr.write(`\r${lessons.join(" と ")} を調べています… ${seconds++} 秒`);
  show();
  const timer = setInterval(show, 1000);
  return () => {
    clearInterval(timer);
    process.stderr.write("\r\x1b[K");
  };
}

async function main() {
  const call = readCall("grade", process.argv.slice(2), process.env.INIT_CWD ?? "");
  const { folder, typed, named, seed, all, json } = call;
  endWithParent();
  const stopReaper = startReaper();
  const submission = new Submission(folder);
  const lessons = submission.lessons(named);
  const hide = showProgress(lessons);
  const { result } = await grade(submission, lessons, seed);
  await stopReaper();
  hide();
  process.stderr.write(screen(result, commandOf("grade", typed, ...lessons, "seed", seed), all));
  if (json) writeFileSync(json, toJson(result));
  process.exitCode = result.fault ? 2 : allPassed(result) ? 0 : 1;
}

runCommand(main);
