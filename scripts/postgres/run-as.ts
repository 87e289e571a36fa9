import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { Fault } from "../bootstrap/fault.mjs";

/** Whom Postgres runs as. It refuses to be root, so root's server runs as `postgres` or, where there is none, as `nobody`. */
export type RunAs = { uid: number; gid: number; name: string } | undefined;

export function runAs(dataOwner: number | undefined): RunAs {
  if (process.getuid?.() !== 0) return undefined;
  const users = ["postgres", "nobody"].flatMap((name) => user(name) ?? []);
  // A user `postgres` may be added to the machine later: the database stays with the one who has it.
  const chosen = users.find(({ uid }) => uid === dataOwner) ?? users[0];
  if (chosen) return chosen;
  throw new Fault(
    "Postgres does not run as root, and this machine has neither a user `postgres` nor `nobody`. Run the command as an ordinary user, or set DATABASE_URL.",
  );
}

/** Whether that user can pass through to this folder. Asked of the system, which knows about access lists too. */
export function canReach(as: RunAs, folder: string): boolean {
  if (!as) return true;
  const { status } = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], {
    uid: as.uid,
    gid: as.gid,
    cwd: "/",
  });
  return status === 0;
}

export function ownerOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.uid;
}

function user(name: string): { uid: number; gid: number; name: string } | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    return { uid: id("-u"), gid: id("-g"), name };
  } catch {
    return undefined;
  }
}
