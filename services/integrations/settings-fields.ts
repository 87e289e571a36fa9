import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { liveCustomFields } from "@/db/queries/custom-fields";
import { hubspotProperties } from "@/db/schema/connections";
import { fieldMappings, type integrations } from "@/db/schema/integrations";
import type { FieldDefinition } from "@/sync/field-definition";
import type { FieldsInUse } from "@/sync/mapping-rules";
import { snovFieldDefinitions } from "@/sync/snov-fields";

export type SettingsFields = {
  snov: Map<string, FieldDefinition>;
  hubspot: Map<string, FieldDefinition>;
  mappings: (typeof fieldMappings.$inferSelect)[];
};

/** Both sides' fields and the mappings between them, as one change of settings sees them. */
export async function readSettingsFields(
  tx: Tx,
  integration: typeof integrations.$inferSelect,
): Promise<SettingsFields> {
  const custom = await liveCustomFields(tx, integration.workspaceId);
  const properties = await tx
    .select()
    .from(hubspotProperties)
    .where(eq(hubspotProperties.connectionId, integration.connectionId));
  const mappings = await tx
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
