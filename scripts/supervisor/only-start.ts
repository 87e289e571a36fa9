import { join } from "node:path";
import { Fault } from "../bootstrap/fault.mjs";
import { type Lock, takeLock } from "../bootstrap/lock.mjs";
import type { DataDir } from "./data-dir";
import { wait } from "./poll";

/** Two starts on one data folder would be two owners of one database. */
export async function becomeOnlyStart(dir: DataDir): Promise<Lock> {
  const file = join(dir.run, "supervisor.json");
  // A start that was told to stop a moment ago gets the time to finish.
  for (let attempt = 0; ; attempt++) {
    const { lock, holder } = takeLock(file);
    if (lock) return lock;
    if (attempt < (holder.stopping ? 150 : 30)) {
      await wait(100);
      continue;
    }
    const where = typeof holder.appUrl === "string" ? ` at ${holder.appUrl}` : "";
    throw new Fault(
      `It already runs in this folder${where} (process ${holder.pid}). Stop it there with Ctrl-C, or with: kill ${holder.pid}`,
    );
  }
}
