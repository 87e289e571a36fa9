import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { hubspotProperties } from "@/db/schema/connections";
import type { FieldDefinition } from "@/sync/field-definition";
import type { PropertiesAnswer } from "./read-properties";

/**
 * `changed`: the properties that are not as they were, new, gone or changed, by name with the label that each of them had.
 * `isOvertaken`: HubSpot was asked again since and has answered that already.
 */
export type StoredProperties = {
  definitions: FieldDefinition[];
  changed: Map<string, string | null>;
  isOvertaken: boolean;
};

/**
 * Makes the cache what HubSpot answered, and returns what it holds now. A property that came into it while HubSpot was
 * asked stays: the answer may be older. One that was overtaken changes nothing.
 */
export async function storeProperties(
  tx: Tx,
  connectionId: string,
  { definitions, before }: Pick<PropertiesAnswer, "definitions" | "before">,
): Promise<StoredProperties> {
  const isOvertaken = await wasAskedSince(tx, connectionId, before.at);
  const changed = isOvertaken ? [] : await change(tx, connectionId, definitions, before.names);
  if (!isOvertaken)
    await tx.execute(sql`
      update connections set properties_refreshed_at = ${before.at}::timestamptz where id = ${connectionId}::uuid`);
  const stored = await tx
    .select({ definition: hubspotProperties.definition })
    .from(hubspotProperties)
    .where(eq(hubspotProperties.connectionId, connectionId));
  return {
    definitions: stored.map(({ definition }) => definition),
    changed: new Map(changed.map(({ name, label }) => [name, label])),
    isOvertaken,
  };
}

/** Whether what is stored was asked for later. The connection is held: of two answers at once one comes after the other. */
async function wasAskedSince(tx: Tx, connectionId: string, at: string): Promise<boolean> {
  const [connection] = await tx.execute<{ since: boolean }>(sql`
    select coalesce(properties_refreshed_at > ${at}::timestamptz, false) as since
    from connections where id = ${connectionId}::uuid for no key update`);
  return connection?.since === true;
}

async function change(
  tx: Tx,
  connectionId: string,
  definitions: FieldDefinition[],
  before: string[],
): Promise<{ name: string; label: string | null }[]> {
  const changed = await tx.execute<{ name: string; label: string | null }>(sql`
    select name, known.definition ->> 'label' as label from (select name, definition from hubspot_properties where connection_id = ${connectionId}::uuid) known
    full join (${given(definitions)}) given using (name)
    where known.definition is distinct from given.definition
      and (given.name is not null or name = any(${sql.param(before)}::text[]))`);
  const named = definitions.map(({ key }) => key);
  await tx.execute(sql`
    delete from hubspot_properties where connection_id = ${connectionId}::uuid
      and name = any(${sql.param(before)}::text[]) and name <> all(${sql.param(named)}::text[])`);
  await upsertProperties(tx, connectionId, definitions);
  return [...changed];
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
