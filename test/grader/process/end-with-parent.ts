// npm が終わったら、採点かテストをしているこのプロセスも終わる
import { parentOf } from "./system.cjs";

/** そのプロセスが、まだあるか */
function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * npm (npx も) から動かされていれば、npm か、間のシェルが終わったときに、こちらも終わる。
 * npm は、SIGINT と SIGTERM は子のシェルまでしか伝えず、SIGHUP では、動かしているものを置いて終わってしまう。
 * 終わりを知らせる出来事はないので、半秒ごとに見る。
 */
export function endWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parents = [process.ppid, parentOf(process.ppid)].filter((pid) => pid > 1);
  const end = () => (process.platform === "win32" ? process.exit(1) : process.kill(process.pid, "SIGHUP"));
  setInterval(() => parents.every(alive) || end(), 500).unref();
}
