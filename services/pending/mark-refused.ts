import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { forgetting } from "./forget-refused";
import { marking } from "./mark-selected";

/**
 * Has looked at again what HubSpot refused and what failed, and what it refused is sent once more: the cause may lie in
 * another record, as of a value that no two contacts may have, so that nothing tells when it is over. One statement: what
 * is refused meanwhile is neither forgotten nor marked. Returns how many records there are.
 */
export async function markRefused(tx: Tx, integrationId: string): Promise<number> {
  const [marked] = await tx.execute<{ count: number }>(sql`
    with ${forgetting(integrationId)}, again as materialized (
      select side, record_id from record_statuses
      where integration_id = ${integrationId}::uuid and status = 'failing'
      union
      select 'snov', prospect_id::text from forgotten
    ), marked as (
      ${marking(sql`select ${integrationId}::uuid, side, record_id, now(), false from again`)} returning 1
    )
    select count(*)::int as count from marked`);
  return marked?.count ?? 0;
}
