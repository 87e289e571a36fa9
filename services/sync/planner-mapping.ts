import type { fieldMappings, integrations } from "@/db/schema/integrations";
import { writableSides } from "@/sync/direction";
import type { FieldDefinition } from "@/sync/field-definition";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { FieldType } from "@/sync/value";

/** What the planner has to know of a field mapping; either side's field is absent where it is gone. */
export function plannerMapping(
  integration: Pick<typeof integrations.$inferSelect, "syncType" | "policy">,
  mapping: typeof fieldMappings.$inferSelect,
  own: { type: FieldType } | undefined,
  property: FieldDefinition | undefined,
): PlannerMapping {
  const writable = writableSides(integration.syncType, mapping.direction);
  return {
    id: mapping.id,
    type: own?.type ?? "text",
    fields: { snov: mapping.snovField, hubspot: mapping.hubspotProperty },
    writable: { snov: writable.snov, hubspot: writable.hubspot && property?.writable === true },
    policy: mapping.policy ?? integration.policy,
    identity: mapping.snovField === "email",
    stopped: mapping.stoppedReason !== null || !own || !property || own.type !== property.type,
    choices: { snov: own && isChoice(own.type) ? mapping.valueMap : null, hubspot: null },
  };
}

function isChoice(type: FieldType): boolean {
  return type === "choice" || type === "choices";
}
