import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { markSelected } from "./mark-selected";

/** Has every linked pair looked at again: something was left out for a while. */
export async function markLinkedPending(tx: Tx, integrationId: string): Promise<void> {
  await markSelected(
    tx,
    integrationId,
    sql`select 'snov', prospect_id from record_links where integration_id = ${integrationId}::uuid`,
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
    sql`select 'snov', id from prospects where workspace_id = ${workspaceId}::uuid and updated_at >= ${since.toISOString()}::timestamptz`,
  );
}
