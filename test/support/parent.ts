/**
 * npm から動かされていれば、npm が終わったときに、こちらも終わる。
 * npm は SIGINT と SIGTERM は伝えるが、SIGHUP では、動かしているものを置いて終わってしまう。
 * 親の終わりを知らせる出来事はないので、半秒ごとに見る。
 */
export function endWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.kill(process.pid, "SIGHUP"), 500).unref();
}
