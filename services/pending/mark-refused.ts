import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { recordLinks } from "@/db/schema/sync";
import { markSelected } from "./mark-selected";

/**
 * Has looked at again what HubSpot refused and what failed, and what it refused is sent once more: the cause may lie in
 * another record, as of a value that no two contacts may have, so that nothing tells when it is over. Returns how many
 * records there are.
 */
export async function markRefused(tx: Tx, integrationId: string): Promise<number> {
  const refused = sql`select side, record_id from record_statuses
    where integration_id = ${integrationId}::uuid and status = 'failing'
    union
    select 'snov', prospect_id::text from record_links
    where integration_id = ${integrationId}::uuid and refused <> '{}'`;
  const [counted] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from (${refused}) as refused`,
  );
  if (!counted?.count) return 0;
  await markSelected(tx, integrationId, refused);
  await tx
    .update(recordLinks)
    .set({ refused: {} })
    .where(and(eq(recordLinks.integrationId, integrationId), sql`${recordLinks.refused} <> '{}'`));
  return counted.count;
}
