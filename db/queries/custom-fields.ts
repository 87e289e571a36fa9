import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { type ChoiceOption, customFields } from "@/db/schema/prospects";
import { customFieldKey } from "@/sync/snov-fields";
import type { FieldType } from "@/sync/value";

export type CustomFieldRow = {
  id: string;
  name: string;
  type: FieldType;
  options: ChoiceOption[];
  createdAt: Date;
};

export async function liveCustomFields(db: Db | Tx, workspaceId: string): Promise<CustomFieldRow[]> {
  return db
    .select({
      id: customFields.id,
      name: customFields.name,
      type: customFields.type,
      options: customFields.options,
      createdAt: customFields.createdAt,
    })
    .from(customFields)
    .where(and(eq(customFields.workspaceId, workspaceId), isNull(customFields.deletedAt)))
    .orderBy(asc(customFields.createdAt), asc(customFields.id));
}

export type CustomFieldUse = {
  integrationId: string;
  accountName: string;
  /** Null where the field carries the constant of contacts coming from HubSpot. */
  mappingId: string | null;
  hubspotProperty: string | null;
  propertyLabel: string | null;
};

/** Which integrations that are not disconnected use the field, and how. Stopped mappings no longer do. */
export async function customFieldUses(
  db: Db | Tx,
  workspaceId: string,
  fieldId: string,
): Promise<CustomFieldUse[]> {
  const key = customFieldKey(fieldId);
  const label = sql<string | null>`(select definition->>'label' from hubspot_properties
    where connection_id = ${integrations.connectionId} and name = ${fieldMappings.hubspotProperty})`;
  const mapped = await db
    .select({
      integrationId: integrations.id,
      accountName: connections.accountName,
      mappingId: fieldMappings.id,
      hubspotProperty: fieldMappings.hubspotProperty,
      propertyLabel: label,
    })
    .from(fieldMappings)
    .innerJoin(integrations, eq(integrations.id, fieldMappings.integrationId))
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        isNull(integrations.disconnectedAt),
        eq(fieldMappings.snovField, key),
        isNull(fieldMappings.stoppedReason),
      ),
    )
    .orderBy(asc(connections.accountName), asc(fieldMappings.id));
  const constant = await db
    .select({ integrationId: integrations.id, accountName: connections.accountName })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        isNull(integrations.disconnectedAt),
        sql`${integrations.constantToSnov}->>'field' = ${key}`,
      ),
    )
    .orderBy(asc(connections.accountName), asc(integrations.id));
  return [
    ...mapped,
    ...constant.map((use) => ({ ...use, mappingId: null, hubspotProperty: null, propertyLabel: null })),
  ];
}
