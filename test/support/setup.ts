// jest が始める前に1回だけ: 一時フォルダを作り、見張りを立てる
import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endWithParent } from "./parent.ts";
import { root } from "./root.ts";

export default function setup() {
  if (process.platform === "win32" && process.env.npm_lifecycle_event === "test") {
    console.error("エラー: npm test は、macOS か Linux か WSL で動かしてください");
    process.exit(1);
  }
  endWithParent();
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "lessons-"));
  const keeper = spawn(process.execPath, [join(root, "test/support/keeper.cjs"), folder], {
    detached: true, // Ctrl-C は見張りには届かない
    stdio: ["pipe", "ignore", "inherit"],
    windowsHide: true,
  });
  keeper.unref();
  (keeper.stdin as any).unref();
  Object.assign(globalThis, { keeper });
  process.env.TEST_FOLDER = folder;
  delete process.env.NODE_EXTRA_CA_CERTS; // Node 20 は、起動のたびに証明書を読む (35ms)。提出物も含めて、TLS は使わない
  process.env.SEED ??= String(Math.floor(Math.random() * 1e9));
}
