import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupBy } from "@/lib/group-by";
import { markPending } from "@/services/pending/mark-pending";
import { riddenId } from "@/sync/extras";

/**
 * An option that was gone for a moment only, and was back before its property was read again, leaves a refusal that no
 * change of a definition ends. Choices that HubSpot refused although it lists them are tried again; returns the
 * integrations that have some.
 */
export async function tryListedOptions(tx: Tx, connectionId: string): Promise<string[]> {
  const again = await tx.execute<{ integrationId: string; prospectId: string }>(sql`
    with listed as materialized (
      select i.id as integration_id, receiver.id,
        (select jsonb_agg(option -> 'value') from jsonb_array_elements(p.definition -> 'options') option) as options
      from integrations i
      join hubspot_properties p on p.connection_id = i.connection_id and p.definition ->> 'type' in ('choice', 'choices')
      cross join lateral (
        select m.id::text from field_mappings m where m.integration_id = i.id and m.hubspot_property = p.name
        union all
        select ${riddenId("")} || p.name where p.name in (i.constant_to_hubspot ->> 'field', i.status_property)
      ) receiver(id)
      where i.connection_id = ${connectionId}::uuid and i.disconnected_at is null and i.state <> 'draft'
    ), refused as materialized (
      select l.id, array_agg(listed.id) as ids
      from record_links l join listed on listed.integration_id = l.integration_id and l.refused ? listed.id
      where l.refused <> '{}' and l.refused -> listed.id ->> 'on' = 'hubspot'
        and listed.options @> (l.refused -> listed.id -> 'value')
      group by l.id
    )
    update record_links l set refused = l.refused - refused.ids from refused where l.id = refused.id
    returning l.integration_id as "integrationId", l.prospect_id as "prospectId"`);
  const byIntegration = groupBy([...again], ({ integrationId }) => integrationId);
  for (const [integrationId, records] of byIntegration)
    await markPending(
      tx,
      integrationId,
      "snov",
      records.map(({ prospectId }) => prospectId),
    );
  return [...byIntegration.keys()];
}
