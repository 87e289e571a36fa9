import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { untilTrue } from "./until-true";

/** How many statements on this database wait for a lock. */
export async function waitingForLocks(db: Db): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return row?.count ?? 0;
}

export async function untilLockWaits(db: Db, statements = 1): Promise<void> {
  await untilTrue(async () => (await waitingForLocks(db)) === statements);
}
