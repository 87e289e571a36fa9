import type { Tx } from "@/db/client";
import { activities } from "@/db/schema/sync";

export type NewActivity = typeof activities.$inferInsert;

/** Writes activity rows in the transaction of the change they tell of. */
export async function recordActivities(tx: Tx, rows: NewActivity[]): Promise<void> {
  if (rows.length) await tx.insert(activities).values(rows);
}
