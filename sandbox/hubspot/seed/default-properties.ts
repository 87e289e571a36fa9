import { yesNo } from "../properties/create-property";
import type { Property, PropertyGroup } from "../properties/property";
import { customProperties } from "./custom-properties";

const CREATED_AT = "2025-01-15T09:00:00.000Z";

export const propertyGroups: PropertyGroup[] = [
  { name: "contactinformation", label: "Contact information", displayOrder: 0, archived: false },
  { name: "salesdetails", label: "Sales details", displayOrder: 1, archived: false },
];

export function defaultProperties(): Property[] {
  return [
    standard("email", "Email", "string", "text", { hasUniqueValue: true }),
    standard("firstname", "First name", "string", "text"),
    standard("lastname", "Last name", "string", "text"),
    standard("jobtitle", "Job title", "string", "text"),
    standard("company", "Company name", "string", "text"),
    standard("website", "Website URL", "string", "text"),
    standard("phone", "Phone number", "string", "phonenumber"),
    standard("mobilephone", "Mobile phone number", "string", "phonenumber"),
    standard("address", "Street address", "string", "text"),
    standard("city", "City", "string", "text"),
    standard("state", "State/Region", "string", "text"),
    standard("zip", "Postal code", "string", "text"),
    standard("country", "Country/Region", "string", "text"),
    standard("industry", "Industry", "string", "text"),
    standard("numemployees", "Number of employees", "enumeration", "select", {
      options: options(
        ["1-5", "5-25", "25-50", "50-100", "100-500", "500-1000", "1000+"].map((size) => [size, size]),
      ),
    }),
    standard("hs_linkedin_url", "LinkedIn URL", "string", "text"),
    standard("twitterhandle", "X username", "string", "text"),
    standard("date_of_birth", "Date of birth", "string", "text"),
    standard("message", "Message", "string", "textarea"),
    standard("hs_lead_status", "Lead status", "enumeration", "radio", { options: options(leadStatuses) }),
    standard("lifecyclestage", "Lifecycle stage", "enumeration", "radio", {
      options: options(lifecycleStages),
    }),
    standard("hubspot_owner_id", "Contact owner", "enumeration", "select", {
      externalOptions: true,
      referencedObjectType: "OWNER",
    }),
    readOnly("createdate", "Create date", "datetime", "date"),
    readOnly("lastmodifieddate", "Last modified date", "datetime", "date"),
    readOnly("hs_object_id", "Record ID", "number", "number"),
    readOnly("hs_additional_emails", "Additional email addresses", "enumeration", "checkbox"),
    readOnly("hs_merged_object_ids", "Merged record IDs", "enumeration", "checkbox"),
    readOnly("hs_object_source", "Record source", "string", "text"),
    readOnly("hs_object_source_id", "Record source ID", "string", "text"),
    readOnly("hs_email_domain", "Email domain", "string", "text"),
    readOnly("hs_full_name_or_email", "Full name or email", "string", "calculation_equation", {
      calculated: true,
    }),
    readOnly("hs_calculated_phone_number", "Calculated phone number", "string", "text", { calculated: true }),
    readOnly(
      "hs_searchable_calculated_phone_number",
      "Calculated phone number without country code",
      "string",
      "text",
      {
        calculated: true,
        hidden: true,
      },
    ),
    readOnly("num_associated_deals", "Number of associated deals", "number", "number", { calculated: true }),
    ...customProperties(),
  ];
}

const leadStatuses: [string, string][] = [
  ["NEW", "New"],
  ["OPEN", "Open"],
  ["IN_PROGRESS", "In progress"],
  ["OPEN_DEAL", "Open deal"],
  ["UNQUALIFIED", "Unqualified"],
  ["ATTEMPTED_TO_CONTACT", "Attempted to contact"],
  ["CONNECTED", "Connected"],
  ["BAD_TIMING", "Bad timing"],
];

const lifecycleStages: [string, string][] = [
  ["subscriber", "Subscriber"],
  ["lead", "Lead"],
  ["marketingqualifiedlead", "Marketing qualified lead"],
  ["salesqualifiedlead", "Sales qualified lead"],
  ["opportunity", "Opportunity"],
  ["customer", "Customer"],
  ["evangelist", "Evangelist"],
  ["other", "Other"],
];

function standard(
  name: string,
  label: string,
  type: Property["type"],
  fieldType: string,
  more: Partial<Property> = {},
): Property {
  return {
    name,
    label,
    description: "",
    groupName: "contactinformation",
    type,
    fieldType,
    options: type === "bool" ? yesNo : [],
    displayOrder: -1,
    calculated: false,
    externalOptions: false,
    hasUniqueValue: false,
    hidden: false,
    hubspotDefined: true,
    formField: true,
    dataSensitivity: "non_sensitive",
    archived: false,
    createdAt: CREATED_AT,
    updatedAt: CREATED_AT,
    modificationMetadata: {
      archivable: false,
      readOnlyDefinition: true,
      readOnlyOptions: false,
      readOnlyValue: false,
    },
    ...more,
  };
}

function readOnly(
  name: string,
  label: string,
  type: Property["type"],
  fieldType: string,
  more: Partial<Property> = {},
): Property {
  return standard(name, label, type, fieldType, {
    formField: false,
    modificationMetadata: {
      archivable: false,
      readOnlyDefinition: true,
      readOnlyOptions: true,
      readOnlyValue: true,
    },
    ...more,
  });
}

function options(pairs: [string, string][]): Property["options"] {
  return pairs.map(([value, label], displayOrder) => ({ value, label, displayOrder, hidden: false }));
}
