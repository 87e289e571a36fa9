export type PropertyType =
  | "string"
  | "number"
  | "date"
  | "datetime"
  | "bool"
  | "enumeration"
  | "phone_number";

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
  dataSensitivity: "non_sensitive";
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

export function isReadOnly(property: Property): boolean {
  return property.calculated || property.modificationMetadata.readOnlyValue;
}
