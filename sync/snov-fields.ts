import type { FieldDefinition } from "./field-definition";
import type { FieldType } from "./value";

export const snovFieldKeys = [
  "first_name",
  "last_name",
  "email",
  "job_title",
  "company",
  "website",
  "phone",
  "country",
  "city",
  "industry",
  "linkedin_url",
] as const;
export type SnovFieldKey = (typeof snovFieldKeys)[number];

export type SnovField = { key: SnovFieldKey; type: FieldType; labelKey: `fields.standard.${SnovFieldKey}` };

/** The standard fields of a prospect. All are text; their names are texts of the interface. */
export const snovFields: SnovField[] = snovFieldKeys.map((key) => ({
  key,
  type: "text",
  labelKey: `fields.standard.${key}`,
}));

const customPrefix = "custom:";

/** How a mapping and a prospect's field changes name a custom field. */
export function customFieldKey(id: string): string {
  return `${customPrefix}${id}`;
}

/** The custom field's id, or null for a standard field. */
export function customFieldId(key: string): string | null {
  return key.startsWith(customPrefix) ? key.slice(customPrefix.length) : null;
}

type CustomField = { id: string; name: string; type: FieldType; options: FieldDefinition["options"] };

/** Everything a prospect offers for mapping. Standard fields have no label: their names are texts. */
export function snovFieldDefinitions(custom: CustomField[]): FieldDefinition[] {
  const common = { side: "snov", writable: true } as const;
  return [
    ...snovFields.map(({ key, type }) => ({ ...common, key, label: "", type, options: [], custom: false })),
    ...custom.map(({ id, name, type, options }) => ({
      ...common,
      key: customFieldKey(id),
      label: name,
      type,
      options,
      custom: true,
    })),
  ];
}
