import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections, hubspotProperties } from "@/db/schema/integrations";
import type { FieldDefinition } from "@/sync/field-definition";

/** The account's contact properties as last read, by label. */
export async function listHubspotProperties(
  db: Db,
  workspaceId: string,
  connectionId: string,
): Promise<FieldDefinition[]> {
  const rows = await db
    .select({ definition: hubspotProperties.definition })
    .from(hubspotProperties)
    .innerJoin(connections, eq(connections.id, hubspotProperties.connectionId))
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.id, connectionId)));
  return rows.map(({ definition }) => definition).sort((a, b) => a.label.localeCompare(b.label));
}

/** Names of the properties that the settings of a connection's integrations name. */
export async function usedProperties(db: Db, connectionId: string): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    select m.hubspot_property as name from field_mappings m join integrations i on i.id = m.integration_id
      where i.connection_id = ${connectionId}::uuid and i.disconnected_at is null
    union select constant_to_hubspot ->> 'field' from integrations
      where connection_id = ${connectionId}::uuid and disconnected_at is null and constant_to_hubspot is not null
    union select status_property from integrations
      where connection_id = ${connectionId}::uuid and disconnected_at is null and status_property is not null`);
  return [...rows].map(({ name }) => name);
}
