import type { FieldDefinition } from "@/sync/field-definition";

/** The account's own choices for a contact's status. */
export function statusOptions(properties: FieldDefinition[], property: string) {
  return properties.find(({ key }) => key === property)?.options ?? [];
}
