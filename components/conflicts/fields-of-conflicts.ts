import { type ShownFields, shownFields } from "@/components/transfers/shown-fields";
import type { IntegrationSettings, MappingSetting } from "@/services/integrations/read-settings";
import { writableSides } from "@/sync/direction";
import type { FieldType } from "@/sync/value";

export type AskedField = {
  snov: string;
  hubspot: string;
  /** Which of its choices is which on the other side. */
  valueMap: MappingSetting["valueMap"];
  /** How a value for both sides is typed; null where only one side may be written. */
  typed: { type: FieldType; options: { value: string; label: string }[] } | null;
};

/** What the page needs to know of the fields that can be in conflict, by their mapping's id. */
export function fieldsOfConflicts(settings: IntegrationSettings): {
  fields: ShownFields;
  mappings: Record<string, AskedField>;
} {
  const mappings = settings.mappings.map((mapping): [string, AskedField] => {
    const { id, snovField, hubspotProperty, direction, valueMap, stoppedReason } = mapping;
    const property = settings.hubspotProperties.find(({ key }) => key === hubspotProperty);
    const writable = writableSides(settings.syncType, direction);
    const reached = Object.values(valueMap);
    const typed =
      property && !stoppedReason && writable.snov && writable.hubspot && property.writable
        ? { type: property.type, options: property.options.filter(({ value }) => reached.includes(value)) }
        : null;
    return [id, { snov: snovField, hubspot: hubspotProperty, valueMap, typed }];
  });
  return { fields: shownFields(settings), mappings: Object.fromEntries(mappings) };
}
