import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections, hubspotProperties } from "@/db/schema/connections";
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
  return await namedBy(db, sql`i.connection_id = ${connectionId}::uuid and i.disconnected_at is null`);
}

/** The same of all that a workspace ever had with this account: what was disconnected may come back. */
export async function propertiesUsedInAccount(
  db: Db,
  workspaceId: string,
  accountId: string,
): Promise<string[]> {
  return await namedBy(
    db,
    sql`i.connection_id in (
      select id from connections where workspace_id = ${workspaceId}::uuid and account_id = ${accountId})`,
  );
}

async function namedBy(db: Db, integrations: SQL): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    with own as (select * from integrations i where ${integrations})
    select m.hubspot_property as name from field_mappings m join own on own.id = m.integration_id
    union select constant_to_hubspot ->> 'field' from own where constant_to_hubspot is not null
    union select status_property from own where status_property is not null`);
  return [...rows].map(({ name }) => name);
}
