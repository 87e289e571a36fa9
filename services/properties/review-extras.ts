import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { integrations, type StoppedReason } from "@/db/schema/integrations";
import { markSelected } from "@/services/pending/mark-selected";
import type { FieldDefinition } from "@/sync/field-definition";
import type { ExtraKind } from "@/sync/record-plan";
import { type PropertiesRead, reasonOfAbsence } from "./review-mappings";
import { type StopOrResume, tellStopped } from "./tell-stopped";

/**
 * After the properties were read: a constant or a first status whose property cannot be written stops, alone, and goes
 * on by itself once that is over; contacts made meanwhile get what they lack. Returns the integrations that have some.
 */
export async function reviewExtras(
  tx: Tx,
  connectionId: string,
  { definitions, sensitive, labels }: PropertiesRead,
): Promise<string[]> {
  const byName = new Map(definitions.map((definition) => [definition.key, definition]));
  const rows = await tx
    .select()
    .from(integrations)
    .where(and(eq(integrations.connectionId, connectionId), isNull(integrations.disconnectedAt)));
  const changes: StopOrResume[] = [];
  for (const integration of rows) {
    const extras = extrasOf(integration).map(({ kind, field, before }) => {
      const property = byName.get(field);
      const after = field ? reasonToStop(field, property, before, sensitive) : null;
      const label = property?.label ?? labels.get(field) ?? integration.stoppedLabels[field] ?? field;
      return { integration, what: kind, field, label, before, after };
    });
    const changed = extras.filter(({ before, after }) => before !== after);
    if (!changed.length) continue;
    const stopped = Object.fromEntries(extras.map(({ what, after }) => [what, after]));
    const stoppedLabels = Object.fromEntries(
      extras.flatMap(({ field, label, after }) => (after ? [[field, label]] : [])),
    );
    await tx
      .update(integrations)
      .set({
        constantStopped: stopped.constant ?? null,
        statusStopped: stopped.status ?? null,
        stoppedLabels,
      })
      .where(eq(integrations.id, integration.id));
    changes.push(...changed);
  }
  const resumed = await tellStopped(tx, changes);
  for (const integrationId of resumed) await markOwed(tx, integrationId);
  return resumed;
}

function reasonToStop(
  field: string,
  property: FieldDefinition | undefined,
  before: StoppedReason | null,
  sensitive: Set<string> | undefined,
): StoppedReason | null {
  if (!property) return reasonOfAbsence(field, before, sensitive);
  return property.writable ? null : "hubspot_property_read_only";
}

/** `field` is empty where none is chosen. */
type Extra = { kind: ExtraKind; field: string; before: StoppedReason | null };

function extrasOf(integration: typeof integrations.$inferSelect): Extra[] {
  const { constantToHubspot, statusProperty, statusValue, constantStopped, statusStopped } = integration;
  return [
    { kind: "constant", field: constantToHubspot?.field ?? "", before: constantStopped },
    { kind: "status", field: (statusValue && statusProperty) || "", before: statusStopped },
  ];
}

async function markOwed(tx: Tx, integrationId: string): Promise<void> {
  await markSelected(
    tx,
    integrationId,
    sql`select 'snov', prospect_id from record_links where integration_id = ${integrationId}::uuid and owed <> '{}'`,
  );
}
