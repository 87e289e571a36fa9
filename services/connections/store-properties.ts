import { and, eq, notInArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connections, hubspotProperties } from "@/db/schema/integrations";
import type { FieldDefinition } from "@/sync/field-definition";

/** Makes the cache what HubSpot answered. An answer without properties is a fault, not an empty account. */
export async function storeProperties(
  tx: Tx,
  connectionId: string,
  definitions: FieldDefinition[],
): Promise<void> {
  if (!definitions.length) throw new Error("HubSpot named no contact properties");
  const names = definitions.map(({ key }) => key);
  await tx
    .delete(hubspotProperties)
    .where(and(eq(hubspotProperties.connectionId, connectionId), notInArray(hubspotProperties.name, names)));
  await upsertProperties(tx, connectionId, definitions);
  await tx
    .update(connections)
    .set({ propertiesRefreshedAt: new Date() })
    .where(eq(connections.id, connectionId));
}

export async function upsertProperties(
  tx: Tx,
  connectionId: string,
  definitions: FieldDefinition[],
): Promise<void> {
  // One parameter for all of them: an account may have thousands.
  const rows = JSON.stringify(definitions.map((definition) => ({ name: definition.key, definition })));
  await tx.execute(sql`
    insert into hubspot_properties (connection_id, name, definition)
    select ${connectionId}::uuid, given->>'name', given->'definition'
    from jsonb_array_elements(${rows}::jsonb) as given order by given->>'name'
    on conflict (connection_id, name) do update set definition = excluded.definition`);
}
