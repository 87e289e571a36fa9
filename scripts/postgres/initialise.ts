import { spawn } from "node:child_process";
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../bootstrap/fault.mjs";
import type { Place } from "./place";

/** Makes the database cluster on the first run. It gets its name last, so a start that is killed here leaves nothing half made. */
export async function initialise(place: Place, password: string): Promise<void> {
  if (existsSync(place.data)) return;
  const draft = join(place.folder, "data.new");
  const passwordFile = join(place.folder, "password.new");
  rmSync(draft, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, password, { mode: 0o600, flag: "wx" });
  if (place.as) chownSync(passwordFile, place.as.uid, place.as.gid);
  try {
    await initdb(place, [
      `--pgdata=${draft}`,
      `--pwfile=${passwordFile}`,
      "--username=postgres",
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
    ]);
    renameSync(draft, place.data);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function initdb({ binaries, as, folder }: Place, args: string[]): Promise<void> {
  const child = spawn(binaries.initdb, args, {
    cwd: as ? "/" : folder,
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", "ignore", "pipe"],
    ...(as && { uid: as.uid, gid: as.gid }),
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", (error) =>
      reject(new Fault(`The embedded Postgres cannot be run: ${error.message}`)),
    );
    child.once("close", (code, signal) => {
      if (code === 0) resolve();
      else if (/No space left on device/.test(said))
        reject(Object.assign(new Error(said), { code: "ENOSPC", path: folder }));
      else
        reject(
          new Fault(`The database could not be made (initdb ended with ${code ?? signal}):\n${said.trim()}`),
        );
    });
  });
}
