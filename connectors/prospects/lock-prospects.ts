import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { prospects } from "@/db/schema/prospects";

/** The workspace's own rows among these ids, live or in the trash, held until the transaction ends. */
export async function lockProspects(
  tx: Tx,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, typeof prospects.$inferSelect>> {
  if (!ids.length) return new Map();
  const rows = await tx
    .select()
    .from(prospects)
    .where(and(eq(prospects.workspaceId, workspaceId), inArray(prospects.id, ids)))
    // Always in this order, so that two transactions cannot wait for each other.
    .orderBy(asc(prospects.id))
    .for("update");
  return new Map(rows.map((row) => [row.id, row]));
}
