import { z } from "zod";
import { batchAnswer } from "../contacts/batch-answer";
import type { ApiCall, ApiRoute } from "../http/api-call";
import { ApiError, invalid, notFound } from "../http/api-error";
import { parseBody } from "../http/parse-body";
import { noContent, ok, type Reply } from "../http/reply";
import { createProperty, PropertyInput, withDefaults } from "./create-property";
import type { Property } from "./property";

const read = ["crm.schemas.contacts.read"];
const write = ["crm.schemas.contacts.write"];
const path = "/crm/properties/2026-03/:objectType";

export const propertyRoutes: ApiRoute[] = [
  { method: "GET", pattern: path, scopes: read, handle: contactsOnly(list) },
  { method: "POST", pattern: path, scopes: write, handle: contactsOnly(create) },
  { method: "POST", pattern: `${path}/batch/read`, scopes: read, handle: contactsOnly(batchRead) },
  { method: "POST", pattern: `${path}/batch/create`, scopes: write, handle: contactsOnly(batchCreate) },
  { method: "GET", pattern: `${path}/groups`, scopes: read, handle: contactsOnly(listGroups) },
  { method: "POST", pattern: `${path}/groups`, scopes: write, handle: contactsOnly(createGroup) },
  { method: "GET", pattern: `${path}/groups/:name`, scopes: read, handle: contactsOnly(getGroup) },
  { method: "GET", pattern: `${path}/:name`, scopes: read, handle: contactsOnly(getOne) },
  { method: "PATCH", pattern: `${path}/:name`, scopes: write, handle: contactsOnly(update) },
  { method: "DELETE", pattern: `${path}/:name`, scopes: write, handle: contactsOnly(archive) },
];

const NameInput = z.object({ name: z.string() });
const PropertyUpdate = PropertyInput.omit({ name: true }).partial();
const GroupInput = z.object({
  name: z.string().min(1),
  label: z.string().min(1),
  displayOrder: z.number().int().optional(),
});

function contactsOnly(handle: (call: ApiCall) => Reply): (call: ApiCall) => Reply {
  return (call) => {
    const type = call.params.objectType ?? "";
    if (!["contacts", "contact", "0-1"].includes(type))
      throw invalid(`Unable to infer object type from: ${type}`);
    return handle(call);
  };
}

function list({ account, query }: ApiCall): Reply {
  return ok({ results: account.properties.all(query.get("archived") === "true") });
}

function create({ account, body }: ApiCall): Reply {
  return { status: 201, body: createProperty(account, parseBody(PropertyInput, body)) };
}

function getOne({ account, params, query }: ApiCall): Reply {
  if (query.get("archived") !== "true")
    return ok(needed(account.properties.get(params.name ?? ""), params.name));
  return ok(
    needed(
      account.properties.all(true).find((property) => property.name === params.name),
      params.name,
    ),
  );
}

function update({ account, params, body }: ApiCall): Reply {
  const property = editable(account.properties.get(params.name ?? ""), params.name);
  const { options, ...changes } = parseBody(PropertyUpdate, body);
  const next: Property = {
    ...property,
    ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
    ...(options ? { options: withDefaults(options) } : {}),
    updatedAt: new Date(account.now()).toISOString(),
  };
  account.properties.save(next);
  account.revision += 1;
  return ok(next);
}

function archive({ account, params }: ApiCall): Reply {
  const property = account.properties.get(params.name ?? "");
  if (!property) return noContent;
  editable(property, params.name);
  const at = new Date(account.now()).toISOString();
  account.properties.save({ ...property, archived: true, archivedAt: at, updatedAt: at });
  account.revision += 1;
  return noContent;
}

function batchRead({ account, body }: ApiCall): Reply {
  const { inputs } = parseBody(z.object({ inputs: z.array(NameInput).max(100) }), body);
  const missing = inputs.filter(({ name }) => !account.properties.get(name)).map(({ name }) => name);
  const found = inputs.flatMap(({ name }) => account.properties.get(name) ?? []);
  const errors =
    missing.length === 0 ? [] : [notFound("Some properties do not exist").batchItem({ name: missing })];
  return batchAnswer(200, found, errors);
}

function batchCreate({ account, body }: ApiCall): Reply {
  const { inputs } = parseBody(z.object({ inputs: z.array(PropertyInput).max(100) }), body);
  const results: object[] = [];
  const errors: object[] = [];
  for (const input of inputs)
    try {
      results.push(createProperty(account, input));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(error.batchItem({ name: [input.name] }));
    }
  return batchAnswer(201, results, errors);
}

function listGroups({ account }: ApiCall): Reply {
  return ok({ results: account.properties.groups() });
}

function getGroup({ account, params }: ApiCall): Reply {
  const group = account.properties.group(params.name ?? "");
  if (!group) throw notFound(`Property group '${params.name}' does not exist.`);
  return ok(group);
}

function createGroup({ account, body }: ApiCall): Reply {
  const { name, label, displayOrder } = parseBody(GroupInput, body);
  if (account.properties.group(name))
    throw new ApiError(409, "OBJECT_ALREADY_EXISTS", `A property group named '${name}' already exists.`);
  const group = { name, label, displayOrder: displayOrder ?? -1, archived: false };
  account.properties.saveGroup(group);
  return { status: 201, body: group };
}

function needed(property: Property | undefined, name: string | undefined): Property {
  if (!property) throw notFound(`The property '${name}' does not exist`);
  return property;
}

function editable(property: Property | undefined, name: string | undefined): Property {
  const found = needed(property, name);
  if (found.modificationMetadata.readOnlyDefinition)
    throw invalid(`The definition of '${found.name}' is read only`);
  return found;
}
