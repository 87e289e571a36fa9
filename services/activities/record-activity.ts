import type { Tx } from "@/db/client";
import { insertMany } from "@/db/insert-many";
import { activities } from "@/db/schema/sync";

export type NewActivity = typeof activities.$inferInsert;

/** Writes activity rows in the transaction of the change they tell of. */
export async function recordActivities(tx: Tx, rows: NewActivity[]): Promise<void> {
  await insertMany(tx, activities, rows);
}
