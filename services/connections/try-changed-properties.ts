import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { markSelected } from "@/services/pending/mark-selected";

/**
 * The definition of these properties has changed: what HubSpot refused of them may be taken now, and what failed
 * because of them fails no more. Such records are looked at again; returns the integrations that may have some.
 */
export async function tryChangedProperties(
  tx: Tx,
  connectionId: string,
  properties: string[],
): Promise<string[]> {
  if (!properties.length) return [];
  const mappings = await tx.execute<{ id: string; integration_id: string }>(sql`
    select m.id, m.integration_id from field_mappings m
    join integrations i on i.id = m.integration_id
    where i.connection_id = ${connectionId}::uuid and i.disconnected_at is null and i.state <> 'draft'
      and m.hubspot_property in (select jsonb_array_elements_text(${JSON.stringify(properties)}::jsonb))
    order by m.id`);
  const integrationIds = [...new Set([...mappings].map((row) => row.integration_id))];
  for (const integrationId of integrationIds) {
    const ids = [...mappings].flatMap((row) => (row.integration_id === integrationId ? [row.id] : []));
    const refused = sql`integration_id = ${integrationId}::uuid and refused ?| ${sql.param(ids)}::text[]`;
    await markSelected(
      tx,
      integrationId,
      sql`select 'snov', prospect_id::text from record_links where ${refused}
        union
        select side, record_id from record_statuses
        where integration_id = ${integrationId}::uuid and reason in ('field_missing', 'field_rejected', 'field_ignored')`,
    );
    await tx.execute(
      sql`update record_links set refused = refused - ${sql.param(ids)}::text[] where ${refused}`,
    );
  }
  return integrationIds;
}
