import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { fieldMappings, integrations, type StoppedReason } from "@/db/schema/integrations";
import { type NewActivity, recordActivities } from "@/services/activities/record-activity";
import type { FieldDefinition } from "@/sync/field-definition";
import { effectiveDirection } from "@/sync/mapping-rules";
import { markLinkedPending } from "./mark-linked-pending";

/**
 * After the properties were read: a mapping whose property is gone or can no longer be written stops, alone,
 * and goes on by itself once that is over. Returns the integrations that have work to catch up with.
 */
export async function reviewMappings(
  tx: Tx,
  connectionId: string,
  definitions: FieldDefinition[],
): Promise<string[]> {
  const byName = new Map(definitions.map((definition) => [definition.key, definition]));
  const rows = await tx
    .select({ integration: integrations, mapping: fieldMappings })
    .from(fieldMappings)
    .innerJoin(integrations, eq(integrations.id, fieldMappings.integrationId))
    .where(and(eq(integrations.connectionId, connectionId), isNull(integrations.disconnectedAt)))
    .orderBy(fieldMappings.id);

  const activities: NewActivity[] = [];
  const resumed = new Set<string>();
  for (const { integration, mapping } of rows) {
    // A deleted field on our side is another reason, and not ended by what HubSpot has.
    if (mapping.stoppedReason === "snov_field_deleted") continue;
    const property = byName.get(mapping.hubspotProperty);
    const reason = reasonToStop(property, (found) =>
      effectiveDirection(integration.syncType, mapping.direction, found),
    );
    if (reason === mapping.stoppedReason) continue;
    await tx.update(fieldMappings).set({ stoppedReason: reason }).where(eq(fieldMappings.id, mapping.id));
    if (!reason && integration.state !== "draft") resumed.add(integration.id);
    const label = property?.label ?? mapping.hubspotProperty;
    activities.push({
      workspaceId: integration.workspaceId,
      integrationId: integration.id,
      kind: reason ? "mapping/stopped" : "mapping/resumed",
      recordName: label,
      changes: [{ field: mapping.hubspotProperty, label, before: mapping.stoppedReason, after: reason }],
      cause: { kind: "system" },
    });
  }
  await recordActivities(tx, activities);
  for (const integrationId of resumed) await markLinkedPending(tx, integrationId);
  return [...resumed];
}

function reasonToStop(
  property: FieldDefinition | undefined,
  directionOf: (property: FieldDefinition) => unknown,
): StoppedReason | null {
  if (!property) return "hubspot_property_gone";
  return directionOf(property) === null ? "hubspot_property_read_only" : null;
}
