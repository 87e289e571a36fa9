import type { Db, Tx } from "./client";

/** What several reads see is of one moment: rows that come or go between two of them are in neither. */
export function inOneSnapshot<T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(read, { accessMode: "read only", isolationLevel: "repeatable read" });
}
