import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readHolder } from "../bootstrap/lock.mjs";
import { identify } from "../bootstrap/process-identity.mjs";
import { root } from "../bootstrap/root.mjs";

const folder = join(root, ".data", "run", "build-users");

/** Notes that this process serves a build, for as long as it lives. */
export function noteDistDirUse(distDir: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holder = { pid: process.pid, identity: identify(process.pid), distDir };
  writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(holder), { mode: 0o600 });
}

/** Which other living processes serve a build. */
export function distDirUsers(distDir: string): number[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return readdirSync(folder).flatMap((file) => {
    const holder = readHolder(join(folder, file));
    if (!holder || identify(holder.pid) !== holder.identity) {
      rmSync(join(folder, file), { force: true });
      return [];
    }
    return holder.distDir === distDir && holder.pid !== process.pid ? [holder.pid] : [];
  });
}
