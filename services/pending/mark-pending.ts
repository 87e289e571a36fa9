import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { type Side, sides } from "@/sync/side";
import { markSelected } from "./mark-selected";

/**
 * Leaves one pending row per record and launched integration, in the caller's transaction.
 * Paused and broken integrations collect them too: they are worked off on resume.
 * Returns the integrations to wake once the transaction is committed.
 */
export async function markProspectsPending(
  tx: Tx,
  workspaceId: string,
  prospectIds: string[],
  options: { except?: string } = {},
): Promise<string[]> {
  if (!prospectIds.length) return [];
  const covering = await tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        ne(integrations.state, "draft"),
        isNull(integrations.disconnectedAt),
        options.except ? ne(integrations.id, options.except) : undefined,
      ),
    );
  for (const { id } of covering) await markPending(tx, id, "snov", prospectIds);
  return covering.map(({ id }) => id);
}

/** Records of either side. */
export async function markRecordsPending(
  tx: Tx,
  integrationId: string,
  records: { side: Side; id: string }[],
): Promise<void> {
  for (const side of sides) {
    const ids = records.filter((record) => record.side === side).map(({ id }) => id);
    await markPending(tx, integrationId, side, ids);
  }
}

/** `delayMs` lets echoes of our own writes gather; it never moves an earlier due time. */
export async function markPending(
  tx: Tx,
  integrationId: string,
  side: Side,
  recordIds: string[],
  options: { delayMs?: number } = {},
): Promise<void> {
  if (!recordIds.length) return;
  await markSelected(
    tx,
    integrationId,
    sql`select distinct ${side}, id from jsonb_array_elements_text(${JSON.stringify(recordIds)}::jsonb) as given(id)`,
    sql`now() + make_interval(secs => ${(options.delayMs ?? 0) / 1000}::float8)`,
  );
}
