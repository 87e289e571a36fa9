import type { FieldDefinition } from "@/sync/field-definition";
import { offeredOptions } from "@/sync/value-map";

/** The account's own choices for a contact's status; of those that HubSpot hides, the one that is `chosen`. */
export function statusOptions(properties: FieldDefinition[], property: string, chosen?: string | null) {
  return offeredOptions(properties.find(({ key }) => key === property)?.options ?? [], chosen);
}
