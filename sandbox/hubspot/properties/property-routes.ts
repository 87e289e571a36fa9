import { z } from "zod";
import type { Account } from "../account/account";
import { batchAnswer } from "../contacts/batch-answer";
import { type ApiCall, type ApiRoute, choiceParam, flagParam } from "../http/api-call";
import { ApiError, invalid, notFound } from "../http/api-error";
import { requireScopes } from "../http/authenticate";
import { parseBody } from "../http/parse-body";
import { noContent, ok, type Reply } from "../http/reply";
import { changeProperty, decideProperty, PropertyUpdate } from "./change-property";
import { createProperty, nameTaken, PropertyInput } from "./create-property";
import { type Property, scopeFor, sensitivities } from "./property";

const read = ["crm.schemas.contacts.read"];
const write = ["crm.schemas.contacts.write"];
const path = "/crm/properties/2026-03/:objectType";

export const propertyRoutes: ApiRoute[] = [
  { method: "GET", pattern: path, scopes: read, handle: contactsOnly(list) },
  { method: "POST", pattern: path, scopes: write, handle: contactsOnly(create) },
  { method: "POST", pattern: `${path}/batch/read`, scopes: read, handle: contactsOnly(batchRead) },
  { method: "POST", pattern: `${path}/batch/create`, scopes: write, handle: contactsOnly(batchCreate) },
  { method: "POST", pattern: `${path}/batch/archive`, scopes: write, handle: contactsOnly(batchArchive) },
  { method: "GET", pattern: `${path}/groups`, scopes: read, handle: contactsOnly(listGroups) },
  { method: "POST", pattern: `${path}/groups`, scopes: write, handle: contactsOnly(createGroup) },
  { method: "GET", pattern: `${path}/groups/:name`, scopes: read, handle: contactsOnly(getGroup) },
  { method: "GET", pattern: `${path}/:name`, scopes: read, handle: contactsOnly(getOne) },
  { method: "PATCH", pattern: `${path}/:name`, scopes: write, handle: contactsOnly(update) },
  { method: "DELETE", pattern: `${path}/:name`, scopes: write, handle: contactsOnly(archive) },
];

const NameInputs = z.object({ inputs: z.array(z.object({ name: z.string() })).max(100) });
const ReadInputs = NameInputs.extend({ dataSensitivity: z.enum(sensitivities).default("non_sensitive") });
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
  const wanted = choiceParam(query, "dataSensitivity", sensitivities);
  const all = account.properties.all(flagParam(query, "archived"));
  return ok({ results: all.filter(({ dataSensitivity }) => dataSensitivity === wanted) });
}

function create(call: ApiCall): Reply {
  return { status: 201, body: createOne(call, parseBody(PropertyInput, call.body)) };
}

function createOne(call: ApiCall, input: PropertyInput): Property {
  requireSensitive(call, input.dataSensitivity);
  const former = call.account.properties.find(input.name);
  if (former?.archived) throw nameTaken(former);
  return createProperty(call.account, input);
}

/** A sensitive property's definition is shown to every app that asks for it, and made or changed with its scope alone. */
function requireSensitive(
  { scopes }: ApiCall,
  dataSensitivity: Property["dataSensitivity"] = "non_sensitive",
): void {
  const scope = scopeFor({ dataSensitivity }, "write");
  if (scope) requireScopes([scope], scopes);
}

function getOne({ account, params, query }: ApiCall): Reply {
  const wanted = choiceParam(query, "dataSensitivity", sensitivities);
  const archived = flagParam(query, "archived");
  const found = account.properties.find(params.name ?? "");
  const fits = found?.archived === archived && found.dataSensitivity === wanted;
  return ok(needed(fits ? found : undefined, params.name));
}

function update(call: ApiCall): Reply {
  const { account, params, body } = call;
  const changes = parseBody(PropertyUpdate, body);
  const property = needed(account.properties.get(params.name ?? ""), params.name);
  requireSensitive(call, property.dataSensitivity);
  // The options of HubSpot's own lists, say of the lead status, are the account's.
  const optionsOnly = Object.entries(changes).every(
    ([name, value]) => value === undefined || name === "options",
  );
  const { readOnlyDefinition, readOnlyOptions } = property.modificationMetadata;
  if (optionsOnly ? readOnlyOptions : readOnlyDefinition) throw readOnly(property);
  return ok(changeProperty(account, property, changes));
}

function archive({ account, params }: ApiCall): Reply {
  archiveOne(account, params.name ?? "");
  return noContent;
}

function batchArchive({ account, body }: ApiCall): Reply {
  const { inputs } = parseBody(NameInputs, body);
  for (const { name } of inputs) archiveOne(account, name);
  return noContent;
}

function archiveOne(account: Account, name: string): void {
  const property = account.properties.get(name);
  if (!property) return;
  if (property.modificationMetadata.readOnlyDefinition) throw readOnly(property);
  decideProperty(account, property, { archived: true });
}

function batchRead({ account, body }: ApiCall): Reply {
  const { inputs, dataSensitivity } = parseBody(ReadInputs, body);
  const found = inputs
    .flatMap(({ name }) => account.properties.get(name) ?? [])
    .filter((property) => property.dataSensitivity === dataSensitivity);
  const names = new Set(found.map(({ name }) => name));
  const missing = inputs.map(({ name }) => name).filter((name) => !names.has(name));
  const errors =
    missing.length === 0 ? [] : [notFound("Some properties do not exist").batchItem({ name: missing })];
  return batchAnswer(200, found, errors);
}

function batchCreate(call: ApiCall): Reply {
  const { inputs } = parseBody(z.object({ inputs: z.array(PropertyInput).max(100) }), call.body);
  const results: object[] = [];
  const errors: object[] = [];
  for (const input of inputs)
    try {
      results.push(createOne(call, input));
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

function readOnly({ name }: Property): Error {
  return invalid(`The definition of '${name}' is read only`);
}
