import type { fieldMappings, integrations } from "@/db/schema/integrations";
import type { FieldDefinition } from "@/sync/field-definition";
import { writableNow } from "@/sync/mapping-rules";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { FieldType } from "@/sync/value";

export type OwnField = Pick<FieldDefinition, "type"> & { options: readonly { value: string }[] };

/** What the planner has to know of a field mapping; either side's field is absent where it is gone. */
export function plannerMapping(
  integration: Pick<typeof integrations.$inferSelect, "syncType" | "policy">,
  mapping: typeof fieldMappings.$inferSelect,
  own: OwnField | undefined,
  property: FieldDefinition | undefined,
): PlannerMapping {
  return {
    id: mapping.id,
    type: own?.type ?? "text",
    fields: { snov: mapping.snovField, hubspot: mapping.hubspotProperty },
    writable: writableNow(integration.syncType, mapping.direction, property),
    policy: mapping.policy ?? integration.policy,
    identity: mapping.snovField === "email",
    stopped: mapping.stoppedReason !== null || !own || !property || own.type !== property.type,
    choices: { snov: own && isChoice(own.type) ? liveChoices(own, mapping.valueMap) : null, hubspot: null },
  };
}

function isChoice(type: FieldType): boolean {
  return type === "choice" || type === "choices";
}

/** One that was deleted here has no counterpart any more, whatever the map says: nobody could choose it. */
function liveChoices({ options }: OwnField, valueMap: Record<string, string>): Record<string, string> {
  const live = new Set(options.map(({ value }) => value));
  return Object.fromEntries(Object.entries(valueMap).filter(([own]) => live.has(own)));
}
