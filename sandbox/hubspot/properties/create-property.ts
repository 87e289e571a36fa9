import { z } from "zod";
import type { Account } from "../account/account";
import { ApiError, invalid } from "../http/api-error";
import { type Property, sensitivities } from "./property";

const MOST_UNIQUE = 10;

const OptionInput = z.object({
  label: z.string().min(1),
  value: z.string().min(1),
  description: z.string().optional(),
  displayOrder: z.number().int().optional(),
  hidden: z.boolean().optional(),
});

export const PropertyInput = z.object({
  name: z.string(),
  label: z.string().min(1),
  type: z.enum(["string", "number", "date", "datetime", "bool", "enumeration", "phone_number"]),
  fieldType: z.string(),
  groupName: z.string(),
  description: z.string().optional(),
  options: z.array(OptionInput).optional(),
  displayOrder: z.number().int().optional(),
  hasUniqueValue: z.boolean().optional(),
  hidden: z.boolean().optional(),
  formField: z.boolean().optional(),
  dataSensitivity: z.enum(sensitivities).optional(),
});
export type PropertyInput = z.infer<typeof PropertyInput>;

const fieldTypes: Record<PropertyInput["type"], string[]> = {
  string: ["text", "textarea", "html", "file", "phonenumber"],
  number: ["number"],
  date: ["date"],
  datetime: ["date"],
  bool: ["booleancheckbox"],
  enumeration: ["select", "radio", "checkbox", "booleancheckbox"],
  phone_number: ["phonenumber", "text"],
};

export function createProperty(account: Account, input: PropertyInput, userId?: number): Property {
  checkDefinition(account, input);
  const existing = account.properties.get(input.name);
  if (existing) throw nameTaken(existing);
  const at = new Date(account.now()).toISOString();
  const property: Property = {
    name: input.name,
    label: input.label,
    description: input.description ?? "",
    groupName: input.groupName,
    type: input.type,
    fieldType: input.fieldType,
    options: input.type === "bool" && !input.options ? yesNo : withDefaults(input.options ?? []),
    displayOrder: input.displayOrder ?? -1,
    calculated: false,
    externalOptions: false,
    hasUniqueValue: input.hasUniqueValue ?? false,
    hidden: input.hidden ?? false,
    hubspotDefined: false,
    formField: input.formField ?? false,
    dataSensitivity: input.dataSensitivity ?? "non_sensitive",
    archived: false,
    createdAt: at,
    updatedAt: at,
    ...(userId === undefined ? {} : { createdUserId: String(userId) }),
    modificationMetadata: {
      archivable: true,
      readOnlyDefinition: false,
      readOnlyOptions: false,
      readOnlyValue: false,
    },
  };
  account.properties.save(property);
  account.revision += 1;
  return property;
}

export function nameTaken({ name }: Property): ApiError {
  return new ApiError(409, "OBJECT_ALREADY_EXISTS", `A property named '${name}' already exists.`);
}

export function withDefaults(options: NonNullable<PropertyInput["options"]>): Property["options"] {
  return options.map((option, at) => ({
    label: option.label,
    value: option.value,
    displayOrder: option.displayOrder ?? at,
    hidden: option.hidden ?? false,
    ...(option.description ? { description: option.description } : {}),
  }));
}

export const yesNo: Property["options"] = [
  { label: "Yes", value: "true", displayOrder: 0, hidden: false },
  { label: "No", value: "false", displayOrder: 1, hidden: false },
];

function checkDefinition(account: Account, input: PropertyInput): void {
  if (!/^[a-z][a-z0-9_]{0,99}$/.test(input.name))
    throw invalid(
      `Property name "${input.name}" is not valid: it must start with a letter and hold lower case letters, digits and underscores only`,
    );
  if (!account.properties.group(input.groupName))
    throw invalid(`Property group '${input.groupName}' does not exist.`);
  checkValues(input);
  if (input.hasUniqueValue && account.properties.uniqueNames().length >= MOST_UNIQUE)
    throw invalid(`An account has at most ${MOST_UNIQUE} properties with unique values`);
}

/** What holds for a definition's values, when it is made and whenever it is changed. */
export function checkValues(
  definition: Pick<PropertyInput, "type" | "fieldType"> & { options?: { value: string }[] | undefined },
): void {
  const { type, fieldType, options = [] } = definition;
  if (!fieldTypes[type].includes(fieldType))
    throw invalid(`Field type '${fieldType}' is not valid for a property of type '${type}'`);
  if (type === "enumeration" && options.length === 0)
    throw invalid("An enumeration property needs at least one option");
  const values = options.map((option) => option.value);
  if (new Set(values).size < values.length) throw invalid("Property option values must be unique");
}
