import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identify } from "../bootstrap/process-identity.mjs";
import { until } from "./poll";

/** A part that was started as the leader of a process group of its own. */
export type GroupRecord = { pid: number; identity: string };

/** Written as soon as a part starts, so that the next start can end what a killed supervisor left behind. */
export function recordGroup(runDir: string, name: string, pid: number): void {
  mkdirSync(runDir, { recursive: true, mode: 0o700 });
  const record = { pid, identity: identify(pid) ?? "" };
  writeFileSync(recordFile(runDir, name), JSON.stringify(record), { mode: 0o600 });
}

export function forgetGroup(runDir: string, name: string): void {
  rmSync(recordFile(runDir, name), { force: true });
}

function readGroup(runDir: string, name: string): GroupRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(runDir, name), "utf8"));
  } catch {
    return undefined;
  }
}

/** Ends what an earlier supervisor of this data folder left running; tells the names. */
export async function endLeftovers(runDir: string): Promise<string[]> {
  const names = readdirSync(runDir).flatMap((file) => /^part-(.+)\.json$/.exec(file)?.[1] ?? []);
  const ended: string[] = [];
  for (const name of names) {
    const record = readGroup(runDir, name);
    if (record && identify(record.pid) === record.identity) {
      await endGroup(record.pid, name === "postgres" ? "SIGINT" : "SIGTERM", 5_000);
      ended.push(name);
    }
    forgetGroup(runDir, name);
  }
  return ended;
}

/** Asks a group to end, then insists. */
export async function endGroup(pid: number, signal: NodeJS.Signals, patienceMs: number): Promise<void> {
  // Postgres tells its own processes; a signal to all of them at once would look like a crash to it.
  signalTo(signal === "SIGINT" ? pid : -pid, signal);
  if (await until(() => !groupExists(pid), { withinMs: patienceMs })) return;
  signalTo(-pid, "SIGKILL");
  await until(() => !groupExists(pid), { withinMs: 5_000 });
}

export function killGroup(pid: number): void {
  signalTo(-pid, "SIGKILL");
}

function groupExists(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return identify(pid) !== undefined || hasMembers(pid);
  } catch {
    return false;
  }
}

/** The leader may have ended and only wait to be collected, while others of its group still run. */
function hasMembers(group: number): boolean {
  if (process.platform !== "linux") return true;
  return readdirSync("/proc").some((entry) => /^\d+$/.test(entry) && isLivingMember(entry, group));
}

function isLivingMember(pid: string, group: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, , processGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(processGroup) === group && state !== "Z" && state !== "X";
  } catch {
    return false;
  }
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

const recordFile = (runDir: string, name: string) => join(runDir, `part-${name}.json`);
