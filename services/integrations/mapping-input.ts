import { z } from "zod";
import { directions } from "@/sync/direction";
import { allowedDirections, faultOfMapping } from "@/sync/mapping-rules";
import { keptPairs, suggestValueMap } from "@/sync/value-map";
import { ServiceError } from "../service-error";
import { type Integration, SettingsTarget } from "./change-settings";
import { fieldsInUse, type SettingsFields } from "./settings-fields";

export const ValueMapInput = z.record(z.string().max(200), z.string().max(200));
export const MappingInput = SettingsTarget.extend({
  snovField: z.string().max(100),
  hubspotProperty: z.string().max(200),
  direction: z.enum(directions).optional(),
  valueMap: ValueMapInput.optional(),
});
/** The person knows what becomes of the conflicts of a mapping that goes. */
export const knowsOfThem = z.boolean().default(false);
type Wanted = Pick<z.infer<typeof MappingInput>, "snovField" | "hubspotProperty" | "direction" | "valueMap">;

/** The columns of a mapping that the rules allow, or the fault that keeps it from being made. */
export function checkedMapping(
  integration: Integration,
  fields: SettingsFields,
  wanted: Wanted,
  replacing?: string,
) {
  const snov = fields.snov.get(wanted.snovField);
  const hubspot = fields.hubspot.get(wanted.hubspotProperty);
  const fault = faultOfMapping(
    { snov, hubspot, direction: wanted.direction },
    integration.syncType,
    fieldsInUse(integration, fields.mappings, replacing),
  );
  if (fault || !snov || !hubspot)
    throw new ServiceError("invalid_input", `mapping refused: ${fault}`, {
      reason: fault ?? "field_unknown",
    });
  return {
    snovField: snov.key,
    hubspotProperty: hubspot.key,
    // Wide by default: the sync type bounds it for now, and lets it go further when that is widened.
    direction:
      wanted.direction ??
      (hubspot.writable
        ? ("both" as const)
        : (allowedDirections(integration.syncType, hubspot)[0] ?? "to_snov")),
    valueMap: wanted.valueMap
      ? keptPairs(snov.options, hubspot.options, wanted.valueMap)
      : suggestValueMap(snov.options, hubspot.options),
    stoppedReason: null,
    stoppedLabel: null,
  };
}

/** How an activity names a mapping. */
export function mappingLabel(
  fields: SettingsFields,
  mapping: { snovField: string; hubspotProperty: string; stoppedLabel: string | null },
): string {
  const snov = fields.snov.get(mapping.snovField)?.label || mapping.snovField;
  const hubspot =
    fields.hubspot.get(mapping.hubspotProperty)?.label ?? mapping.stoppedLabel ?? mapping.hubspotProperty;
  return `${snov} ↔ ${hubspot}`;
}

/** What its mapping is to be found by, whatever its fields are called by then. */
export function pairOf({ snovField, hubspotProperty }: { snovField: string; hubspotProperty: string }) {
  return { snov: snovField, hubspot: hubspotProperty };
}

/** A mapping of this integration, of which anybody may at least choose the policy. */
export function findMapping(fields: SettingsFields, mappingId: string) {
  const mapping = fields.mappings.find(({ id }) => id === mappingId);
  if (!mapping) throw new ServiceError("not_found", "no such mapping in this integration");
  return mapping;
}

/** A mapping of this integration that people may change in every way. */
export function requireMapping(fields: SettingsFields, mappingId: string) {
  const mapping = findMapping(fields, mappingId);
  if (mapping.locked) throw new ServiceError("forbidden", "a locked mapping", { reason: "mapping_locked" });
  return mapping;
}
