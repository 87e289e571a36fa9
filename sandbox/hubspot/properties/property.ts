export type PropertyType =
  | "string"
  | "number"
  | "date"
  | "datetime"
  | "bool"
  | "enumeration"
  | "phone_number";

export const sensitivities = ["non_sensitive", "sensitive", "highly_sensitive"] as const;
export type DataSensitivity = (typeof sensitivities)[number];

export interface PropertyOption {
  label: string;
  value: string;
  description?: string;
  displayOrder: number;
  hidden: boolean;
}

/** A contact property as the API shows it. */
export interface Property {
  name: string;
  label: string;
  description: string;
  groupName: string;
  type: PropertyType;
  fieldType: string;
  options: PropertyOption[];
  displayOrder: number;
  calculated: boolean;
  externalOptions: boolean;
  referencedObjectType?: string;
  hasUniqueValue: boolean;
  hidden: boolean;
  hubspotDefined: boolean;
  formField: boolean;
  dataSensitivity: DataSensitivity;
  archived: boolean;
  archivedAt?: string;
  createdAt: string;
  updatedAt: string;
  createdUserId?: string;
  modificationMetadata: {
    archivable: boolean;
    readOnlyDefinition: boolean;
    readOnlyOptions?: boolean;
    readOnlyValue: boolean;
  };
}

export interface PropertyGroup {
  name: string;
  label: string;
  displayOrder: number;
  archived: boolean;
}

/** The scope that an app needs for a property's values, beyond that for contacts. */
export function scopeFor(
  { dataSensitivity }: Pick<Property, "dataSensitivity">,
  use: "read" | "write",
): string | null {
  return dataSensitivity === "non_sensitive" ? null : `crm.objects.contacts.${dataSensitivity}.${use}`;
}

export function isReadOnly(property: Property): boolean {
  return property.calculated || property.modificationMetadata.readOnlyValue;
}
