import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { pendingRecords } from "@/db/schema/sync";
import type { Side } from "@/sync/side";

/**
 * Leaves one pending row per record and launched integration, in the caller's transaction.
 * Paused and broken integrations collect them too: they are worked off on resume.
 * Returns the integrations to wake once the transaction is committed.
 */
export async function markProspectsPending(
  tx: Tx,
  workspaceId: string,
  prospectIds: string[],
): Promise<string[]> {
  const covering = await tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        ne(integrations.state, "draft"),
        isNull(integrations.disconnectedAt),
      ),
    );
  for (const { id } of covering) await markPending(tx, id, "snov", prospectIds);
  return prospectIds.length ? covering.map(({ id }) => id) : [];
}

export async function markPending(
  tx: Tx,
  integrationId: string,
  side: Side,
  recordIds: string[],
): Promise<void> {
  // One order for everybody who marks, so that two of them never wait for each other.
  const ids = [...new Set(recordIds)].sort();
  if (!ids.length) return;
  await tx
    .insert(pendingRecords)
    .values(ids.map((recordId) => ({ integrationId, side, recordId })))
    .onConflictDoUpdate({
      target: [pendingRecords.integrationId, pendingRecords.side, pendingRecords.recordId],
      set: {
        generation: sql`${pendingRecords.generation} + 1`,
        dueAt: sql`now()`,
        attempts: 0,
      },
    });
}
