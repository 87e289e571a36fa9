import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** Has what HubSpot refused of the records that `chosen` selects as (side, id) sent once more at their next look. */
export async function forgetRefused(tx: Tx, integrationId: string, chosen: SQL): Promise<void> {
  await tx.execute(sql`
    with chosen(side, id) as materialized (${chosen})
    update record_links set refused = '{}'
    where integration_id = ${integrationId}::uuid and refused <> '{}'
      and (prospect_id in (select id::uuid from chosen where side = 'snov')
        or contact_id in (select id from chosen where side = 'hubspot'))`);
}
