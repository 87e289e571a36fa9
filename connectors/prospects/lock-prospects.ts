import { and, asc, eq } from "drizzle-orm";
import { anyOf } from "@/db/any-of";
import type { Tx } from "@/db/client";
import { prospects } from "@/db/schema/prospects";

/**
 * The workspace's own rows among these ids, live or in the trash, held until the transaction ends: nobody else edits them,
 * nor refers to them anew.
 */
export async function lockProspects(
  tx: Tx,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, typeof prospects.$inferSelect>> {
  if (!ids.length) return new Map();
  const rows = await tx
    .select()
    .from(prospects)
    .where(and(eq(prospects.workspaceId, workspaceId), anyOf(prospects.id, ids)))
    .orderBy(asc(prospects.id))
    .for("update");
  return new Map(rows.map((row) => [row.id, row]));
}

/** Holds them so that nobody else edits them. Always in one order, so that two transactions cannot wait for each other. */
export async function lockForEdit(tx: Tx, workspaceId: string, ids: string[]): Promise<void> {
  if (!ids.length) return;
  await tx
    .select({ id: prospects.id })
    .from(prospects)
    .where(and(eq(prospects.workspaceId, workspaceId), anyOf(prospects.id, ids)))
    .orderBy(asc(prospects.id))
    .for("no key update");
}
