import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { markSelected } from "./mark-selected";

/**
 * Has every pair looked at again, as something was left out for a while, but those that only differ since before launch: a
 * look would bring them together, which nobody asked for. Whoever marks so many writes links as well: all of them are held
 * first, also for that.
 */
export async function markKnownPairs(tx: Tx, integrationId: string): Promise<void> {
  await holdEachLink(tx, integrationId);
  await markKnown(tx, integrationId, sql`l.integration_id = ${integrationId}::uuid`);
}

/** The same of these links, which the caller holds. */
export async function markKnownAmong(tx: Tx, integrationId: string, linkIds: string[]): Promise<void> {
  await markKnown(tx, integrationId, sql`l.id = any(${sql.param(linkIds)}::uuid[])`);
}

async function markKnown(tx: Tx, integrationId: string, which: SQL): Promise<void> {
  await markSelected(
    tx,
    integrationId,
    sql`select 'snov', l.prospect_id from record_links l
      left join record_statuses s on s.integration_id = l.integration_id and s.side = 'snov'
        and s.record_id = l.prospect_id::text
      where ${which} and s.reason is distinct from 'not_transferred'`,
  );
}

/** Takes all links of an integration, in the order of docs/decisions/order-of-locks.md, and gives none of them back. */
async function holdEachLink(tx: Tx, integrationId: string): Promise<void> {
  await tx.execute(sql`
    with held as materialized (
      select id from record_links where integration_id = ${integrationId}::uuid order by id for no key update
    ) select count(*) from held`);
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
