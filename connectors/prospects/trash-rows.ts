import { inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { prospectEmails, prospects } from "@/db/schema/prospects";

/** Their addresses become free. The caller has locked the rows. */
export async function moveToTrash(tx: Tx, ids: string[], deletedBy: string | null): Promise<void> {
  if (!ids.length) return;
  await tx
    .update(prospects)
    .set({ deletedAt: sql`now()`, deletedBy, ...touched })
    .where(inArray(prospects.id, ids));
  await tx.update(prospectEmails).set({ live: false }).where(inArray(prospectEmails.prospectId, ids));
}

/** The caller has locked the rows, and the database refuses an address that is not free. */
export async function takeFromTrash(tx: Tx, ids: string[]): Promise<void> {
  if (!ids.length) return;
  await tx
    .update(prospects)
    .set({ deletedAt: null, deletedBy: null, ...touched })
    .where(inArray(prospects.id, ids));
  await tx.update(prospectEmails).set({ live: true }).where(inArray(prospectEmails.prospectId, ids));
}

const touched = { updatedAt: sql`now()`, version: sql`${prospects.version} + 1` };
