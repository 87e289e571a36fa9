import { and, eq, notInArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connections, hubspotProperties } from "@/db/schema/connections";
import type { FieldDefinition } from "@/sync/field-definition";

/**
 * Makes the cache what HubSpot answered, and returns the properties that are not as they were, new, gone or
 * changed, by name with the label that each of them had. An answer without properties is a fault, not an empty account.
 */
export async function storeProperties(
  tx: Tx,
  connectionId: string,
  definitions: FieldDefinition[],
): Promise<Map<string, string | null>> {
  if (!definitions.length) throw new Error("HubSpot named no contact properties");
  const changed = await tx.execute<{ name: string; label: string | null }>(sql`
    select name, known.definition ->> 'label' as label from (select name, definition from hubspot_properties where connection_id = ${connectionId}::uuid) known
    full join (${given(definitions)}) given using (name)
    where known.definition is distinct from given.definition`);
  const names = definitions.map(({ key }) => key);
  await tx
    .delete(hubspotProperties)
    .where(and(eq(hubspotProperties.connectionId, connectionId), notInArray(hubspotProperties.name, names)));
  await upsertProperties(tx, connectionId, definitions);
  await tx
    .update(connections)
    .set({ propertiesRefreshedAt: new Date() })
    .where(eq(connections.id, connectionId));
  return new Map([...changed].map(({ name, label }) => [name, label]));
}

export async function upsertProperties(
  tx: Tx,
  connectionId: string,
  definitions: FieldDefinition[],
): Promise<void> {
  await tx.execute(sql`
    insert into hubspot_properties (connection_id, name, definition)
    select ${connectionId}::uuid, name, definition from (${given(definitions)}) given order by name
    on conflict (connection_id, name) do update set definition = excluded.definition`);
}

/** One parameter for all of them: an account may have thousands. */
function given(definitions: FieldDefinition[]) {
  const rows = JSON.stringify(definitions.map((definition) => ({ name: definition.key, definition })));
  return sql`select item->>'name' as name, item->'definition' as definition from jsonb_array_elements(${rows}::jsonb) as item`;
}
