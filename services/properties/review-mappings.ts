import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { liveCustomFields } from "@/db/queries/custom-fields";
import { fieldMappings, integrations, type StoppedReason } from "@/db/schema/integrations";
import { markKnownPairs } from "@/services/pending/mark-known-pairs";
import { writableSides } from "@/sync/direction";
import type { FieldDefinition } from "@/sync/field-definition";
import type { Both } from "@/sync/side";
import { snovFieldDefinitions } from "@/sync/snov-fields";
import type { FieldType } from "@/sync/value";
import type { AccountProperties } from "./read-properties";
import { type StopOrResume, tellStopped } from "./tell-stopped";

/** `labels`: those that properties had which are not as they were. */
export type PropertiesRead = AccountProperties & { labels: ReadonlyMap<string, string | null> };

/** The properties as they were last read. */
export function asKnown(properties: Map<string, FieldDefinition>): PropertiesRead {
  return { definitions: [...properties.values()], sensitive: undefined, labels: new Map() };
}

/** A mapping as it is to be, and the integration it belongs to. */
type Reviewed = {
  integration: typeof integrations.$inferSelect;
  mapping: typeof fieldMappings.$inferSelect;
};

/** After the properties of an account were read: reviews all mappings of its integrations. */
export async function reviewConnection(
  tx: Tx,
  connectionId: string,
  read: PropertiesRead,
): Promise<string[]> {
  const rows = await tx
    .select({ integration: integrations, mapping: fieldMappings })
    .from(fieldMappings)
    .innerJoin(integrations, eq(integrations.id, fieldMappings.integrationId))
    .where(and(eq(integrations.connectionId, connectionId), isNull(integrations.disconnectedAt)))
    .orderBy(fieldMappings.id);
  return await reviewMappings(tx, rows, read);
}

/**
 * A mapping whose property is gone, has another type or can no longer be written where its direction wants it written
 * stops, alone, and goes on by itself once that is over: pairs that were synced before are looked at again, and no others. Returns the integrations that have work to catch up with.
 */
export async function reviewMappings(
  tx: Tx,
  rows: Reviewed[],
  { definitions, sensitive, labels }: PropertiesRead,
): Promise<string[]> {
  const byName = new Map(definitions.map((definition) => [definition.key, definition]));
  const [first] = rows;
  if (!first) return [];
  const snov = snovFieldDefinitions(await liveCustomFields(tx, first.integration.workspaceId));
  const types = new Map(snov.map(({ key, type }) => [key, type]));

  const changes: StopOrResume[] = [];
  for (const { integration, mapping } of rows) {
    const { id, hubspotProperty, stoppedReason: before, stoppedLabel } = mapping;
    // A deleted field on our side is another reason, and not ended by what HubSpot has.
    if (before === "snov_field_deleted") continue;
    const property = byName.get(hubspotProperty);
    const own = types.get(mapping.snovField);
    const after = !own
      ? "snov_field_deleted"
      : property
        ? reasonToStop(own, property, writableSides(integration.syncType, mapping.direction))
        : reasonOfAbsence(hubspotProperty, before, sensitive);
    if (after === before) continue;
    const label = property?.label ?? labels.get(hubspotProperty) ?? stoppedLabel ?? hubspotProperty;
    await tx
      .update(fieldMappings)
      .set({ stoppedReason: after, stoppedLabel: after && label })
      .where(eq(fieldMappings.id, id));
    changes.push({ integration, what: "mapping", field: hubspotProperty, label, before, after });
  }
  const resumed = await tellStopped(tx, changes);
  for (const integrationId of resumed) await markKnownPairs(tx, integrationId);
  return resumed;
}

/** A direction is never narrowed unasked: what was to travel both ways keeps both values instead. */
function reasonToStop(own: FieldType, property: FieldDefinition, wanted: Both<boolean>) {
  if (property.type !== own) return "hubspot_property_type_changed";
  return wanted.hubspot && !property.writable ? "hubspot_property_read_only" : null;
}

/** Nobody was told that one which had turned sensitive is so no longer: it is still taken for that. */
export function reasonOfAbsence(
  property: string,
  before: StoppedReason | null,
  sensitive: Set<string> | undefined,
): StoppedReason {
  const isSensitive = sensitive ? sensitive.has(property) : before === "hubspot_property_sensitive";
  return isSensitive ? "hubspot_property_sensitive" : "hubspot_property_gone";
}
