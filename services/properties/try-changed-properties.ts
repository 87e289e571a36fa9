import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { markSelected } from "@/services/pending/mark-selected";
import { riddenId } from "@/sync/extras";

/**
 * The definition of these properties has changed, or somebody says so: what HubSpot refused of them, be it a mapped field,
 * a constant or the first status, may be taken now, and what failed because of them fails no more. Such records are looked
 * at again; returns the integrations that may have some.
 */
export async function tryChangedProperties(
  tx: Tx,
  connectionId: string,
  properties: string[],
): Promise<string[]> {
  if (!properties.length) return [];
  const changed = JSON.stringify(properties.map((property) => ({ property, ridden: riddenId(property) })));
  const receivers = await tx.execute<{ id: string; integration_id: string }>(sql`
    with changed as (select * from jsonb_to_recordset(${changed}::jsonb) as x(property text, ridden text)),
      own as (select * from integrations
        where connection_id = ${connectionId}::uuid and disconnected_at is null and state <> 'draft')
    select m.id::text, m.integration_id from field_mappings m
    join own on own.id = m.integration_id join changed on changed.property = m.hubspot_property
    union
    select changed.ridden, own.id from own
    join changed on changed.property in (own.constant_to_hubspot ->> 'field', own.status_property)
    order by 1`);
  const integrationIds = [...new Set([...receivers].map((row) => row.integration_id))];
  for (const integrationId of integrationIds) {
    const ids = [...receivers].flatMap((row) => (row.integration_id === integrationId ? [row.id] : []));
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
