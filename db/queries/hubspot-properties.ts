import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections, hubspotProperties } from "@/db/schema/connections";
import { contactMark } from "@/sync/contact-mark";
import type { FieldDefinition } from "@/sync/field-definition";

/** The account's contact properties as last read, by label, but for the one that is ours. */
export async function listHubspotProperties(
  db: Db,
  workspaceId: string,
  connectionId: string,
): Promise<FieldDefinition[]> {
  const rows = await db
    .select({ definition: hubspotProperties.definition })
    .from(hubspotProperties)
    .innerJoin(connections, eq(connections.id, hubspotProperties.connectionId))
    .where(
      and(
        eq(connections.workspaceId, workspaceId),
        eq(connections.id, connectionId),
        ne(hubspotProperties.name, contactMark.name),
      ),
    );
  return rows.map(({ definition }) => definition).sort((a, b) => a.label.localeCompare(b.label));
}

/** What is known of an account's properties, by name, and when by the database's clock. */
export type PropertiesKnown = { at: string; names: string[] };

export async function knownProperties(db: Db, connectionId: string): Promise<PropertiesKnown> {
  return await knownBy(db, sql`connection_id = ${connectionId}::uuid`);
}

export async function propertiesKnownOfAccount(
  db: Db,
  workspaceId: string,
  accountId: string,
): Promise<PropertiesKnown> {
  return await knownBy(db, sql`connection_id in (${connectionsWith(workspaceId, accountId)})`);
}

async function knownBy(db: Db, which: SQL): Promise<PropertiesKnown> {
  const [known] = await db.execute<PropertiesKnown>(sql`
    select now()::text as at, coalesce(array_agg(name), '{}') as names from hubspot_properties where ${which}`);
  if (!known) throw new Error("A count without a group returned no row");
  return known;
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
  return await namedBy(db, sql`i.connection_id in (${connectionsWith(workspaceId, accountId)})`);
}

function connectionsWith(workspaceId: string, accountId: string): SQL {
  return sql`select id from connections where workspace_id = ${workspaceId}::uuid and account_id = ${accountId}`;
}

async function namedBy(db: Db, integrations: SQL): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    with own as (select * from integrations i where ${integrations})
    select m.hubspot_property as name from field_mappings m join own on own.id = m.integration_id
    union select constant_to_hubspot ->> 'field' from own where constant_to_hubspot is not null
    union select status_property from own where status_property is not null
    union select ${contactMark.name} from own where marks_contacts`);
  return [...rows].map(({ name }) => name);
}
