import type { Property } from "../properties/property";

const CREATED_AT = "2025-06-02T14:30:00.000Z";

/** One property of every type, as an account's own people would have added them. */
export function customProperties(): Property[] {
  return [
    custom("preferred_name", "Preferred name", "string", "text"),
    custom("team_size", "Team size", "number", "number"),
    custom("renewal_date", "Renewal date", "date", "date"),
    custom("last_meeting_at", "Last meeting", "datetime", "date"),
    custom("newsletter", "Receives the newsletter", "bool", "booleancheckbox", [
      ["true", "Yes"],
      ["false", "No"],
    ]),
    custom("account_tier", "Account tier", "enumeration", "select", [
      ["tier_1", "Strategic"],
      ["tier_2", "Growth"],
      ["tier_3", "Standard"],
    ]),
    custom("interests", "Interests", "enumeration", "checkbox", [
      ["analytics", "Analytics"],
      ["automation", "Automation"],
      ["integrations", "Integrations"],
      ["training", "Training"],
    ]),
    { ...custom("crm_reference", "CRM reference", "string", "text"), hasUniqueValue: true },
  ];
}

function custom(
  name: string,
  label: string,
  type: Property["type"],
  fieldType: string,
  options: [string, string][] = [],
): Property {
  return {
    name,
    label,
    description: "",
    groupName: "salesdetails",
    type,
    fieldType,
    options: options.map(([value, text], displayOrder) => ({
      value,
      label: text,
      displayOrder,
      hidden: false,
    })),
    displayOrder: -1,
    calculated: false,
    externalOptions: false,
    hasUniqueValue: false,
    hidden: false,
    hubspotDefined: false,
    formField: true,
    dataSensitivity: "non_sensitive",
    archived: false,
    createdAt: CREATED_AT,
    updatedAt: CREATED_AT,
    modificationMetadata: {
      archivable: true,
      readOnlyDefinition: false,
      readOnlyOptions: false,
      readOnlyValue: false,
    },
  };
}
