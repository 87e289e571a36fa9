import { closeSync, fdatasyncSync, mkdirSync, openSync, truncateSync, writeSync } from "node:fs";
import { readLines } from "./read-lines";
import { findStoreFiles, journalPath, removeStoreFilesBefore, snapshotPath } from "./store-files";
import { apply, type Tables, tableOf, type Write } from "./tables";
import { writeSnapshot } from "./write-snapshot";

/**
 * Named tables in memory behind an append-only journal.
 * - One flush is one line: after a crash all of its writes are there, or none.
 * - When flush returns, a kill of the process loses nothing; power loss costs at most a second.
 * - A snapshot may hold values newer than its number: the journals after it are replayed on
 *   top, and a put or removal repeated gives the same result.
 */
export interface Store {
  table<T>(name: string): ReadonlyMap<string, T>;
  put<T>(table: string, key: string, value: T): void;
  remove(table: string, key: string): void;
  clear(): void;
  flush(): void;
  /** Rewrites the state as a snapshot and drops the journals that it covers. */
  compact(): Promise<void>;
  close(): Promise<void>;
}

const COMPACT_AFTER_BYTES = 16 << 20;

export function openStore(dir: string): Store {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const tables: Tables = new Map();
  let { journal, snapshotBytes } = load(dir, tables);
  let file = openSync(journalPath(dir, journal), "a", 0o600);
  let pending: Write[] = [];
  let journalBytes = 0;
  let unsynced = false;
  let broken: Error | null = null;
  let compaction: Promise<void> | null = null;

  const sync = () => {
    if (unsynced) fdatasyncSync(file);
    unsynced = false;
  };
  const timer = setInterval(sync, 1000).unref();

  const record = (write: Write) => {
    apply(tables, write);
    pending.push(write);
  };

  const compact = async () => {
    flush();
    sync();
    closeSync(file);
    journal += 1;
    file = openSync(journalPath(dir, journal), "a", 0o600);
    journalBytes = 0;
    snapshotBytes = await writeSnapshot(snapshotPath(dir, journal), tables);
    removeStoreFilesBefore(dir, journal);
  };

  const startCompaction = () => {
    compaction ??= compact().finally(() => {
      compaction = null;
    });
    return compaction;
  };

  function flush() {
    if (broken) throw broken;
    if (pending.length === 0) return;
    const line = Buffer.from(`${JSON.stringify(pending)}\n`);
    pending = [];
    try {
      for (let at = 0; at < line.length; ) at += writeSync(file, line, at);
    } catch (error) {
      broken = new Error("The sandbox cannot write its journal", { cause: error });
      throw broken;
    }
    unsynced = true;
    journalBytes += line.length;
    if (journalBytes > Math.max(COMPACT_AFTER_BYTES, snapshotBytes) && !compaction)
      startCompaction().catch((error) => {
        broken = new Error("The sandbox cannot write its snapshot", { cause: error });
      });
  }

  return {
    table: (name) => tableOf(tables, name),
    put: (table, key, value) => record(["p", table, key, value]),
    remove: (table, key) => {
      if (tables.get(table)?.has(key)) record(["d", table, key]);
    },
    clear: () => record(["c"]),
    flush,
    compact: startCompaction,
    close: async () => {
      clearInterval(timer);
      await compaction;
      flush();
      sync();
      closeSync(file);
    },
  };
}

function load(dir: string, tables: Tables): { journal: number; snapshotBytes: number } {
  const { snapshot, journals } = findStoreFiles(dir);
  let snapshotBytes = 0;
  if (snapshot !== null) snapshotBytes = replay(snapshotPath(dir, snapshot), tables);
  for (const number of journals) {
    const path = journalPath(dir, number);
    const end = replay(path, tables);
    if (number === journals.at(-1)) truncateSync(path, end);
  }
  return { journal: journals.at(-1) ?? snapshot ?? 1, snapshotBytes };
}

/** Returns the offset after the last whole line. */
function replay(path: string, tables: Tables): number {
  let end = 0;
  for (const line of readLines(path)) {
    const writes: Write[] = JSON.parse(line.text);
    for (const write of writes) apply(tables, write);
    end = line.end;
  }
  return end;
}
