import * as sdk from "@hubspot/api-client/lib/codegen/crm/properties/index.js";
import { z } from "zod";
import type { FieldDefinition } from "@/sync/field-definition";
import type { FieldType } from "@/sync/value";
import { API_VERSION } from "./api-version";
import { callJson } from "./call-json";
import { Property, toFieldDefinition } from "./property-definition";
import { RemoteError } from "./remote-error";
import { configureSdk, understood } from "./sdk";
import type { Transport } from "./transport";

export type NewProperty = {
  /** Internal name: lower case letters, digits and underscores, a letter first. */
  name: string;
  label: string;
  type: FieldType;
  options: { value: string; label: string }[];
  /** No two contacts may have the same value. */
  unique?: true;
};

export type HubspotProperties = {
  /** Every contact property that can be mapped. An answer without any is a fault, not an empty account: `transient`. */
  list(): Promise<FieldDefinition[]>;
  /** Names of those that hold sensitive data: the list leaves them out, and their values are nobody's without a scope of their own. */
  listSensitive(): Promise<Set<string>>;
  /** Names of those that lie in the recycle bin: HubSpot keeps them, and gives none of them to another property. */
  listArchived(): Promise<Set<string>>;
  /** Throws `conflict` where the name is taken. */
  create(property: NewProperty): Promise<FieldDefinition>;
};

const Names = z.object({ results: z.array(z.object({ name: z.string() })) });
const OBJECT_TYPE = "contacts";
const GROUP = "contactinformation";

export function openProperties(apiUrl: string, transport: Transport): HubspotProperties {
  const core = new sdk.CoreApi(configureSdk(sdk, apiUrl, transport));
  return {
    async list() {
      const { results } = await understood("list properties", z.object({ results: z.array(Property) }), () =>
        core.getAll(OBJECT_TYPE, false),
      );
      const definitions = results.flatMap((property) => toFieldDefinition(property) ?? []);
      if (!definitions.length) throw new RemoteError("transient", "list properties: none is named");
      return definitions;
    },
    async listArchived() {
      const { results } = await understood("list archived properties", Names, () =>
        core.getAll(OBJECT_TYPE, true),
      );
      return new Set(results.map(({ name }) => name));
    },
    async listSensitive() {
      const names = new Set<string>();
      for (const level of ["sensitive", "highly_sensitive"]) {
        const url = `${apiUrl}/crm/properties/${API_VERSION}/${OBJECT_TYPE}?dataSensitivity=${level}`;
        const { results } = await callJson(transport, Names, { method: "GET", url });
        for (const { name } of results) names.add(name);
      }
      return names;
    },
    async create(input) {
      const { name, label, type, unique } = input;
      const property = await understood("create property", Property, () =>
        core.create(OBJECT_TYPE, {
          name,
          label,
          groupName: GROUP,
          ...kinds[type],
          options: optionsOf(input),
          ...(unique ? { hasUniqueValue: true } : {}),
        }),
      );
      const definition = toFieldDefinition(property);
      if (!definition)
        throw new RemoteError("rejected", "The new property is of a kind that cannot be mapped");
      return definition;
    },
  };
}

const Type = sdk.PropertyCreateTypeEnum;
const Kind = sdk.PropertyCreateFieldTypeEnum;
const kinds: Record<
  FieldType,
  { type: sdk.PropertyCreateTypeEnum; fieldType: sdk.PropertyCreateFieldTypeEnum }
> = {
  text: { type: Type.String, fieldType: Kind.Text },
  number: { type: Type.Number, fieldType: Kind.Number },
  date: { type: Type.Date, fieldType: Kind.Date },
  datetime: { type: Type.Datetime, fieldType: Kind.Date },
  boolean: { type: Type.Bool, fieldType: Kind.Booleancheckbox },
  choice: { type: Type.Enumeration, fieldType: Kind.Select },
  choices: { type: Type.Enumeration, fieldType: Kind.Checkbox },
};

function optionsOf({ type, options }: NewProperty): sdk.OptionInput[] {
  // HubSpot wants a yes/no property to name its two values.
  const yesNo = [
    { value: "true", label: "Yes" },
    { value: "false", label: "No" },
  ];
  const chosen = type === "boolean" ? yesNo : type === "choice" || type === "choices" ? options : [];
  return chosen.map(({ value, label }, displayOrder) => ({ value, label, displayOrder, hidden: false }));
}
