import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { StoppedExtra } from "@/db/queries/stopped-extras";
import { integrations, type StoppedReason } from "@/db/schema/integrations";
import { markSelected } from "@/services/pending/mark-selected";
import { contactMark, faultOfMark } from "@/sync/contact-mark";
import type { FieldDefinition } from "@/sync/field-definition";
import { type PropertiesRead, reasonOfAbsence } from "./review-mappings";
import { type StopOrResume, tellStopped } from "./tell-stopped";

/**
 * After the properties were read: a constant, a first status or the id of the prospect whose property cannot be written
 * stops, alone, and goes on by itself once that is over; contacts made meanwhile get what they lack of the former two. Returns the integrations that have some.
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
      const after = field ? reasonToStop({ kind, field, before }, property, sensitive) : null;
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
        markStopped: stopped.mark ?? null,
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
  { kind, field, before }: Extra,
  property: FieldDefinition | undefined,
  sensitive: Set<string> | undefined,
): StoppedReason | null {
  if (!property) return reasonOfAbsence(field, before, sensitive);
  if (kind === "mark") return faultOfMark(property);
  return property.writable ? null : "hubspot_property_read_only";
}

/** `field` is empty where none is chosen. */
type Extra = { kind: StoppedExtra["kind"]; field: string; before: StoppedReason | null };

function extrasOf(integration: typeof integrations.$inferSelect): Extra[] {
  const { constantToHubspot, statusProperty, statusValue, marksContacts } = integration;
  const { constantStopped, statusStopped, markStopped } = integration;
  return [
    { kind: "constant", field: constantToHubspot?.field ?? "", before: constantStopped },
    { kind: "status", field: (statusValue && statusProperty) || "", before: statusStopped },
    { kind: "mark", field: marksContacts ? contactMark.name : "", before: markStopped },
  ];
}

async function markOwed(tx: Tx, integrationId: string): Promise<void> {
  await markSelected(
    tx,
    integrationId,
    sql`select 'snov', prospect_id from record_links where integration_id = ${integrationId}::uuid and owed <> '{}'`,
  );
}
