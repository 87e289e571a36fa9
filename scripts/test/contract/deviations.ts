export type Area = (typeof areas)[number];
/** HubSpot's files that describe what we use, all of one version. */
export const areas = [
  "contacts",
  "properties",
  "lists",
  "owners",
  "accountInfo",
  "oauth",
  "appUninstalls",
  "webhooksJournal",
] as const;

export type Schema = {
  type?: string;
  nullable?: boolean;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  $ref?: string;
};
type Answer = { description?: string; content?: Record<string, { schema: Schema }> };
type Answers = Record<string, Answer>;
type Operation = { responses: Answers; parameters?: { name: string; schema: Schema }[] };
export type Description = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses?: Answers };
};

/** `apply` says whether it found what it changes: one that finds nothing any more has to go. */
type Deviation = { in: Area[]; what: string; why: string; apply(description: Description): boolean };

/** Every place where HubSpot's files are not held to the letter, reviewed one by one; there is no other. */
export const deviations: Deviation[] = [
  {
    in: ["contacts"],
    what: "a property's value in an answer may be null",
    why: "The live API answers null for a property that was asked for and is empty; later versions of the file say so.",
    apply: ({ components }) =>
      change(
        entries(components.schemas, /^SimplePublic(Upsert)?Object(WithAssociations)?$/),
        ({ properties }) => {
          const values = properties?.properties?.additionalProperties;
          if (typeof values !== "object") return false;
          values.nullable = true;
          return true;
        },
      ),
  },
  {
    in: ["contacts"],
    what: "a contact can be created without associations",
    why: "HubSpot's guide and its own client leave them out.",
    apply: optional(/^SimplePublicObject(Batch)?InputForCreate$/, ["associations"]),
  },
  {
    in: ["contacts"],
    what: "a search needs none of its fields",
    why: "HubSpot's guide gives each a default.",
    apply: optional(/^PublicObjectSearchRequest$/, ["after", "filterGroups", "limit", "properties", "sorts"]),
  },
  {
    in: ["contacts"],
    what: "a batch read need not name properties nor histories",
    why: "HubSpot's guide reads without them.",
    apply: optional(/^BatchReadInputSimplePublicObjectId$/, ["properties", "propertiesWithHistory"]),
  },
  {
    in: ["contacts"],
    what: "a sort of a search is an object, too",
    why: "The guide sends {propertyName, direction}; the file knows strings alone.",
    apply: ({ components }) =>
      change(entries(components.schemas, /^PublicObjectSearchRequest$/), ({ properties }) => {
        if (properties?.sorts?.items?.type !== "string") return false;
        const sort: Schema = {
          type: "object",
          required: ["propertyName"],
          properties: {
            propertyName: { type: "string" },
            direction: { type: "string", enum: ["ASCENDING", "DESCENDING"] },
          },
        };
        properties.sorts.items = { anyOf: [{ type: "string" }, sort] };
        return true;
      }),
  },
  {
    in: ["contacts", "properties", "lists", "webhooksJournal"],
    what: "an error inside a batch's answer need not carry all of its fields",
    why: "The examples of HubSpot's guide leave out context, errors, links and status.",
    apply: optional(/^StandardError$/, ["context", "errors", "links", "status"]),
  },
  {
    in: ["contacts", "properties"],
    what: "a batch has a hundred inputs at most",
    why: "The file says it in prose only.",
    apply: ({ components }) =>
      change(entries(components.schemas, /^Batch(Read)?Input/), ({ properties }) => {
        if (!properties?.inputs) return false;
        properties.inputs.maxItems = 100;
        return true;
      }),
  },
  {
    in: ["contacts"],
    what: "a search has 200 results at most, in five groups of six filters",
    why: "The file says it in prose, and the guide is the stricter of the two.",
    apply: ({ components }) =>
      change(entries(components.schemas, /^PublicObjectSearchRequest$/), ({ properties }) => {
        if (!properties?.limit || !properties.filterGroups) return false;
        Object.assign(properties.limit, { minimum: 0, maximum: 200 });
        properties.filterGroups.maxItems = 5;
        const filters = components.schemas.FilterGroup?.properties?.filters;
        if (filters) filters.maxItems = 6;
        return filters !== undefined;
      }),
  },
  {
    in: ["contacts"],
    what: "a page of contacts has 1 to 100 of them",
    why: "HubSpot's guide says so, and 1 to 50 with histories, which a description cannot tell; the file has no limit.",
    apply: ({ paths }) => {
      const limit = paths["/crm/objects/2026-03/contacts"]?.get?.parameters?.find(
        ({ name }) => name === "limit",
      );
      if (!limit) return false;
      Object.assign(limit.schema, { minimum: 1, maximum: 100 });
      return true;
    },
  },
  {
    in: [...areas],
    what: "an error also carries status, and one about a limit errorType, policyName and requestId",
    why: "All examples in HubSpot's guides of errors and of usage limits have them; the files leave them out.",
    apply: ({ components: { schemas } }) => {
      const known = schemas.Error?.properties;
      const more = ["status", "errorType", "policyName", "requestId"].filter((name) => known && !known[name]);
      for (const name of more) if (known) known[name] = { type: "string" };
      return more.length > 0;
    },
  },
  {
    in: ["oauth"],
    what: "the token service answers errors in the words of RFC 6749",
    why: "The live service adds error and error_description; the file describes the envelope of the other areas.",
    apply: ({ components: { schemas, responses } }) => {
      const answer = responses?.Error?.content?.["*/*"];
      if (!answer) return false;
      const text: Schema = { type: "string" };
      schemas.TokenError = {
        type: "object",
        required: ["error", "message", "status"],
        properties: {
          error: text,
          error_description: text,
          status: text,
          message: text,
          correlationId: text,
        },
      };
      // Beside the envelope of all areas, in which a gateway before the service answers.
      answer.schema = { anyOf: [answer.schema, { $ref: "#/components/schemas/TokenError" }] };
      return true;
    },
  },
  {
    in: ["oauth"],
    what: "a token can be revoked with success",
    why: "The file knows no answer of success at all; RFC 7009 says 200.",
    apply: ({ paths }) => {
      const responses = paths["/oauth/2026-03/token/revoke"]?.post?.responses;
      if (!responses || responses["200"]) return false;
      responses["200"] = { description: "revoked" };
      return true;
    },
  },
  {
    in: ["oauth"],
    what: "of a token that is not valid nothing is told but that",
    why: "The live service answers {active: false}, as RFC 7662 says; the file asks for all facts of a valid one.",
    apply: ({ components: { schemas } }) => {
      const kinds = schemas.TokenInfoResponseBaseIF?.oneOf;
      kinds?.push({
        type: "object",
        required: ["active"],
        properties: { active: { type: "boolean", enum: [false] } },
      });
      return kinds !== undefined;
    },
  },
  {
    in: ["webhooksJournal"],
    what: "a single read of the journal answers with where the next file lies, or 204 where there is none yet",
    why: "The file describes only its errors; the guide, and the batch reads of the same file, say the rest.",
    apply: ({ paths }) => {
      const reads = Object.entries(paths).flatMap(([path, { get }]) =>
        get && /\/(earliest|latest|offset\/\{offset\}\/next)$/.test(path) && !/batch/.test(path) ? [get] : [],
      );
      const silent = reads.filter(({ responses }) => !responses["200"]);
      const schema: Schema = { $ref: "#/components/schemas/JournalFetchResponse" };
      for (const { responses } of silent)
        Object.assign(responses, {
          200: { description: "a file", content: { "application/json": { schema } } },
          204: { description: "nothing yet" },
        });
      return silent.length > 0;
    },
  },
  {
    in: [...areas],
    what: "no body has fields that the file does not name",
    why: "The files leave every object open, so that a misspelt name would pass. This is stricter than they are.",
    apply: (description) => {
      for (const schema of objectsIn(description)) schema.additionalProperties = false;
      return true;
    },
  },
];

/** Addresses that are no part of HubSpot's API: pages for people, and a store of files. */
export const pages = [
  {
    path: /^\/oauth\/(\d+\/)?authorize$/,
    why: "The account chooser and the permission review, seen in a browser.",
  },
  {
    path: /^\/journal-files\/[0-9a-f-]{36}$/,
    why: "A file of the webhooks journal lies in a file store, at the signed address that the API's answer gives.",
  },
];

/** Answers that are not HubSpot's own: what stands before it could not reach it. */
export const gateway = {
  statuses: [502, 504, 521, 522, 523, 524, 525, 526],
  contentType: "text/html",
  why: "A gateway that has no answer of HubSpot's to pass on says so in HTML, with the status alone to go by.",
};

function optional(name: RegExp, fields: string[]) {
  return ({ components }: Description) =>
    change(entries(components.schemas, name), (schema) => {
      const before = schema.required?.length ?? 0;
      schema.required = schema.required?.filter((field) => !fields.includes(field)) ?? [];
      return schema.required.length < before;
    });
}

function entries(schemas: Record<string, Schema>, name: RegExp): Schema[] {
  return Object.entries(schemas).flatMap(([key, schema]) => (name.test(key) ? [schema] : []));
}

function change(schemas: Schema[], apply: (schema: Schema) => boolean): boolean {
  return schemas.map(apply).some(Boolean);
}

/** Every object with named fields that says nothing about further ones, however deep. */
function objectsIn(node: unknown): Schema[] {
  if (node === null || typeof node !== "object") return [];
  const within = Object.values(node).flatMap(objectsIn);
  return isClosable(node) ? [node, ...within] : within;
}

function isClosable(node: object): node is Schema {
  const { type, properties, additionalProperties, oneOf } = node as Schema;
  return type === "object" && typeof properties === "object" && additionalProperties === undefined && !oneOf;
}
