import { and, asc, eq, ne } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { liveCustomFields } from "@/db/queries/custom-fields";
import { hubspotProperties } from "@/db/schema/connections";
import { fieldMappings, type integrations } from "@/db/schema/integrations";
import { contactMark } from "@/sync/contact-mark";
import type { FieldDefinition } from "@/sync/field-definition";
import type { FieldsInUse } from "@/sync/mapping-rules";
import { snovFieldDefinitions } from "@/sync/snov-fields";

export type SettingsFields = {
  snov: Map<string, FieldDefinition>;
  hubspot: Map<string, FieldDefinition>;
  mappings: (typeof fieldMappings.$inferSelect)[];
};

/** Both sides' fields, but for the property that is ours, and the mappings between them, as one change of settings sees them. */
export async function readSettingsFields(
  db: Db | Tx,
  integration: typeof integrations.$inferSelect,
): Promise<SettingsFields> {
  const custom = await liveCustomFields(db, integration.workspaceId);
  const properties = await db
    .select()
    .from(hubspotProperties)
    .where(
      and(
        eq(hubspotProperties.connectionId, integration.connectionId),
        ne(hubspotProperties.name, contactMark.name),
      ),
    );
  const mappings = await db
    .select()
    .from(fieldMappings)
    .where(eq(fieldMappings.integrationId, integration.id))
    .orderBy(asc(fieldMappings.position), asc(fieldMappings.id));
  return {
    snov: new Map(snovFieldDefinitions(custom).map((field) => [field.key, field])),
    hubspot: new Map(properties.map(({ name, definition }) => [name, definition])),
    mappings,
  };
}

export function fieldsInUse(
  integration: typeof integrations.$inferSelect,
  mappings: SettingsFields["mappings"],
  replacing?: string,
): FieldsInUse {
  const constants = {
    snov: integration.constantToSnov?.field ?? null,
    hubspot: integration.constantToHubspot?.field ?? null,
  };
  return { mappings, constants, replacing };
}
