import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections, hubspotProperties } from "@/db/schema/connections";
import { customFields } from "@/db/schema/prospects";
import type { Both } from "@/sync/side";
import { customFieldId, customFieldKey } from "@/sync/snov-fields";
import type { FieldType } from "@/sync/value";

export type DescribedField = {
  label: string;
  type: FieldType;
  options: { value: string; label: string }[];
};
/** Field key → how to show its values. Standard Snov.io fields are text and named by the interface. */
export type DescribedFields = Both<Record<string, DescribedField>>;

/** Deleted custom fields too: their old values are still shown. */
export async function describedFields(
  db: Db,
  workspaceId: string,
  connectionId: string,
  keys: Both<string[]>,
): Promise<DescribedFields> {
  const customIds = unique(keys.snov).flatMap((key) => customFieldId(key) ?? []);
  const names = unique(keys.hubspot);
  const [custom, properties] = await Promise.all([
    customIds.length
      ? db
          .select()
          .from(customFields)
          .where(and(eq(customFields.workspaceId, workspaceId), inArray(customFields.id, customIds)))
      : [],
    names.length
      ? db
          .select({ definition: hubspotProperties.definition })
          .from(hubspotProperties)
          .innerJoin(connections, eq(connections.id, hubspotProperties.connectionId))
          .where(
            and(
              eq(connections.workspaceId, workspaceId),
              eq(connections.id, connectionId),
              inArray(hubspotProperties.name, names),
            ),
          )
      : [],
  ]);
  return {
    snov: Object.fromEntries(
      custom.map(({ id, name, type, options }) => [customFieldKey(id), { label: name, type, options }]),
    ),
    hubspot: Object.fromEntries(
      properties.map(({ definition: { key, label, type, options } }) => [key, { label, type, options }]),
    ),
  };
}

function unique(keys: string[]): string[] {
  return [...new Set(keys)];
}
