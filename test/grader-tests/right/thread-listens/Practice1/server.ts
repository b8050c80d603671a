import { Worker } from "node:worker_threads";
import { join } from "node:path";
new Worker(join(__dirname, "listener.cjs")).on("message", (line: string) => console.log(line));
