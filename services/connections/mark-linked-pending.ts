import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** Has every linked pair looked at again: something was left out for a while. */
export async function markLinkedPending(tx: Tx, integrationId: string): Promise<void> {
  await markSelected(
    tx,
    integrationId,
    sql`select prospect_id from record_links where integration_id = ${integrationId}::uuid`,
  );
}

/** Has every prospect looked at that changed while nobody collected changes for this integration. */
export async function markProspectsChangedSince(
  tx: Tx,
  { id, workspaceId }: { id: string; workspaceId: string },
  since: Date,
): Promise<void> {
  await markSelected(
    tx,
    id,
    sql`select id from prospects where workspace_id = ${workspaceId}::uuid and updated_at >= ${since.toISOString()}::timestamptz`,
  );
}

async function markSelected(
  tx: Tx,
  integrationId: string,
  prospectIds: ReturnType<typeof sql>,
): Promise<void> {
  await tx.execute(sql`
    insert into pending_records (integration_id, side, record_id)
    select ${integrationId}::uuid, 'snov', chosen.id::text
    from (${prospectIds}) as chosen(id) order by chosen.id::text
    on conflict (integration_id, side, record_id) do update set
      generation = pending_records.generation + 1,
      due_at = least(pending_records.due_at, excluded.due_at),
      attempts = 0`);
}
