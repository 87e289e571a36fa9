import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { identify } from "./process-identity.mjs";

/**
 * Takes the lock for this process, or tells who holds it. A lock whose process has ended counts for nothing,
 * so that a killed holder never stands in the way.
 */
export function takeLock(file, about = {}) {
  mkdirSync(dirname(file), { recursive: true });
  const self = { pid: process.pid, identity: identify(process.pid) };
  const own = `${file}.${process.pid}`;
  for (let attempt = 0; ; attempt++) {
    writeFileSync(own, JSON.stringify({ ...self, ...about }), { mode: 0o600 });
    try {
      // A link appears whole or not at all, and never replaces another.
      linkSync(own, file);
      return {
        lock: {
          update: (more) => replace(file, own, { ...self, ...about, ...more }),
          release: () => release(file),
        },
      };
    } catch (error) {
      if (error.code !== "EEXIST" || attempt > 10) throw error;
    } finally {
      rmSync(own, { force: true });
    }
    const holder = readHolder(file);
    if (isHeld(holder)) return { holder };
    removeStale(file, own);
  }
}

function isHeld(holder) {
  return holder !== undefined && identify(holder.pid) === holder.identity;
}

/** Moved aside before it is looked at again: between two looks another process may have taken it over. */
function removeStale(file, own) {
  const aside = `${own}.stale`;
  try {
    renameSync(file, aside);
    if (isHeld(readHolder(aside))) linkSync(aside, file);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Waits until the lock is free; `onWait` is told once, when there is something to wait for. */
export async function waitForLock(file, onWait = () => {}) {
  for (let told = false; ; told = true) {
    const { lock, holder } = takeLock(file);
    if (lock) return lock;
    if (!told) onWait(holder);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function replace(file, own, content) {
  writeFileSync(own, JSON.stringify(content), { mode: 0o600 });
  renameSync(own, file);
}

function release(file) {
  if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
}
