import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** Has what HubSpot refused of the records that `chosen` selects as (side, id) sent once more at their next look. */
export async function forgetRefused(tx: Tx, integrationId: string, chosen: SQL): Promise<void> {
  await tx.execute(sql`
    with chosen(side, id) as materialized (${chosen}), ${forgetting(
      integrationId,
      sql`and (prospect_id in (select id::uuid from chosen where side = 'snov')
        or contact_id in (select id from chosen where side = 'hubspot'))`,
    )}
    select from forgotten`);
}

/**
 * The parts of a statement that has forgotten what HubSpot refused; `forgotten` selects the prospects of which it was. In
 * one order for everybody who writes several links, so that two of them never wait for each other.
 */
export function forgetting(integrationId: string, which: SQL = sql``): SQL {
  return sql`refusing as materialized (
      select id from record_links where integration_id = ${integrationId}::uuid and refused <> '{}' ${which}
      order by id for no key update
    ), forgotten as (
      update record_links l set refused = '{}' from refusing where l.id = refusing.id returning l.prospect_id
    )`;
}
