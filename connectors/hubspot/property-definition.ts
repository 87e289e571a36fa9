import { z } from "zod";
import type { FieldDefinition } from "@/sync/field-definition";
import type { FieldType } from "@/sync/value";

/** A contact property's definition; HubSpot's guide leaves most of it optional. */
export const Property = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  fieldType: z.string(),
  options: z
    .array(z.object({ value: z.string(), label: z.string(), hidden: z.boolean().optional() }))
    .default([]),
  calculated: z.boolean().optional(),
  externalOptions: z.boolean().optional(),
  hidden: z.boolean().optional(),
  archived: z.boolean().optional(),
  hubspotDefined: z.boolean().optional(),
  hasUniqueValue: z.boolean().optional(),
  modificationMetadata: z.object({ readOnlyValue: z.boolean().optional() }).optional(),
});
export type Property = z.infer<typeof Property>;

/** The field that a property offers for mapping, or undefined where its kind cannot be mapped. */
export function toFieldDefinition(property: Property): FieldDefinition | undefined {
  const type = fieldType(property);
  if (!type || property.archived) return undefined;
  const hasOptions = type === "choice" || type === "choices";
  return {
    side: "hubspot",
    key: property.name,
    label: property.label,
    type,
    options: hasOptions
      ? property.options.map(({ value, label, hidden }) => ({
          value,
          label,
          ...(hidden ? { hidden: true as const } : {}),
        }))
      : [],
    writable: !property.calculated && property.modificationMetadata?.readOnlyValue !== true,
    custom: !property.hubspotDefined,
    ...(property.hidden ? { hidden: true } : {}),
    ...(property.hasUniqueValue ? { unique: true as const } : {}),
  };
}

function fieldType({ type, fieldType, externalOptions }: Property): FieldType | undefined {
  switch (type) {
    case "string":
      // The value of a file property is a list of file ids.
      return fieldType === "file" ? undefined : "text";
    case "phone_number":
      return "text";
    case "number":
      return "number";
    case "date":
      return "date";
    case "datetime":
      return "datetime";
    case "bool":
      return "boolean";
    case "enumeration":
      // Such values are ids of other things, of owners for one.
      if (externalOptions) return undefined;
      // Single checkboxes made long ago are enumerations of "true" and "false".
      if (fieldType === "booleancheckbox") return "boolean";
      return fieldType === "checkbox" ? "choices" : "choice";
    default:
      return undefined;
  }
}
