import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { harmCounts } from "@/db/schema/safety";
import { addHarm, noHarm } from "@/sync/fuses";
import type { RecordWork } from "./record-work";

/** Adds what these records of a page lost to the minute's count, for the fuses of the pages that follow. */
export async function countHarm(tx: Tx, integrationId: string, done: RecordWork[]): Promise<void> {
  const harm = done.reduce((sum, work) => addHarm(sum, work.harm), noHarm);
  if (!harm.removals && !harm.blankings && !harm.overwrites) return;
  const plus = (column: "removals" | "blankings" | "overwrites") =>
    sql`${harmCounts[column]} + ${sql.raw(`excluded.${column}`)}`;
  await tx
    .insert(harmCounts)
    .values({ integrationId, minute: sql`date_trunc('minute', now())`, ...harm })
    .onConflictDoUpdate({
      target: [harmCounts.integrationId, harmCounts.minute],
      set: { removals: plus("removals"), blankings: plus("blankings"), overwrites: plus("overwrites") },
    });
}
