import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { commandLine, identify } from "../bootstrap/process-identity.mjs";
import { endGroup } from "../supervisor/process-group";

/**
 * Clears the way for a new server on this data. A server that an earlier, killed start left running is ended in good
 * order; a lock file whose number now belongs to some other program is removed, at which Postgres itself would give up.
 */
export async function clearStaleServer(data: string): Promise<void> {
  const lockFile = join(data, "postmaster.pid");
  const pid = Number(firstLine(lockFile));
  if (!pid) return;
  if (identify(pid) && isServerOf(data, pid)) await endGroup(pid, "SIGINT", 10_000);
  else rmSync(lockFile, { force: true });
}

function isServerOf(data: string, pid: number): boolean {
  const command = commandLine(pid);
  return command.includes("postgres") && command.includes(data);
}

function firstLine(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").split("\n")[0];
  } catch {
    return undefined;
  }
}
