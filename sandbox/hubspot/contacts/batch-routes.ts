import type { Account } from "../account/account";
import { type ApiCall, type ApiRoute, flagParam } from "../http/api-call";
import { ApiError, conflict, invalid, notFound } from "../http/api-error";
import { parseBody } from "../http/parse-body";
import { noContent, type Reply } from "../http/reply";
import { archiveContact } from "./archive-contact";
import { batchAnswer, runBatch } from "./batch-answer";
import type { Contact } from "./contact";
import { BatchArchiveBody, BatchCreateBody, BatchReadBody, BatchUpdateBody } from "./contact-bodies";
import { createContact } from "./create-contact";
import { findContact } from "./find-contact";
import { presentContact, presentWritten } from "./present-contact";
import { requireSensitive } from "./require-sensitive";
import { updateContact } from "./update-contact";
import { validateChanges } from "./validate-changes";

const read = ["crm.objects.contacts.read"];
const write = ["crm.objects.contacts.write"];
const path = "/crm/objects/2026-03/contacts/batch";

export const batchRoutes: ApiRoute[] = [
  { method: "POST", pattern: `${path}/read`, scopes: read, handle: batchRead },
  { method: "POST", pattern: `${path}/create`, scopes: write, handle: batchCreate },
  { method: "POST", pattern: `${path}/update`, scopes: write, handle: batchUpdate },
  { method: "POST", pattern: `${path}/upsert`, scopes: write, handle: batchUpsert },
  { method: "POST", pattern: `${path}/archive`, scopes: write, handle: batchArchive },
];

function batchRead(call: ApiCall): Reply {
  const { account, body, query } = call;
  const { inputs, idProperty, ...shape } = parseBody(BatchReadBody, body);
  if (shape.propertiesWithHistory?.length && inputs.length > 50)
    throw invalid("A batch with histories is limited to 50 inputs");
  const archived = flagParam(query, "archived");
  const found = new Map<string, Contact>();
  const missing: string[] = [];
  for (const { id } of inputs) {
    const contact = findContact(account, id, idProperty);
    if (contact && (contact.archivedAt !== undefined) === archived) found.set(contact.id, contact);
    else missing.push(id);
  }
  const message =
    "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.";
  const errors = missing.length === 0 ? [] : [notFound(message).batchItem({ ids: missing })];
  return batchAnswer(
    200,
    [...found.values()].map((contact) => presentContact(call, contact, shape)),
    errors,
  );
}

function batchCreate(call: ApiCall): Reply {
  const { account, body, source } = call;
  const { inputs } = parseBody(BatchCreateBody, body);
  requireSensitive(call, namesOf(inputs));
  const emails = new Set<string>();
  return runBatch(
    inputs,
    201,
    ({ properties }) => {
      const { email, firstname, lastname } = validateChanges(account, null, properties);
      if (!email && !firstname && !lastname)
        throw invalid("A contact needs at least one of: email, firstname, lastname");
      if (email && emails.has(email)) throw conflict(`Duplicate email in the batch: ${email}`);
      if (email) emails.add(email);
    },
    ({ properties }) => presentWritten(call, createContact(account, properties, source)),
  );
}

function batchUpdate(call: ApiCall): Reply {
  const { account, body, source } = call;
  const { inputs } = parseBody(BatchUpdateBody, body);
  requireSensitive(call, namesOf(inputs));
  refuseRepeats(inputs);
  if (inputs.some(({ idProperty }) => idProperty === "email"))
    throw invalid("Unable to perform update/upsert by non-unique 0-1 property: email");
  const present: typeof inputs = [];
  const missing: typeof inputs = [];
  for (const input of inputs) (live(account, input) ? present : missing).push(input);
  const reply = runBatch(
    present,
    200,
    (input) => validateChanges(account, live(account, input) ?? null, input.properties),
    (input) => {
      const contact = live(account, input);
      if (!contact) throw notFound();
      return presentWritten(
        call,
        updateContact(account, contact, input.properties, source),
        Object.keys(input.properties),
      );
    },
  );
  return missing.length === 0 ? reply : withMissing(reply, missing);
}

function batchUpsert(call: ApiCall): Reply {
  const { account, body, source } = call;
  const { inputs } = parseBody(BatchUpdateBody, body);
  requireSensitive(call, namesOf(inputs));
  refuseRepeats(inputs);
  const values = (input: (typeof inputs)[number]) =>
    input.idProperty && input.idProperty !== "hs_object_id"
      ? { [input.idProperty]: input.id, ...input.properties }
      : input.properties;
  const target = (input: (typeof inputs)[number]) => live(account, input);
  return runBatch(
    inputs,
    200,
    (input) => {
      if (!target(input) && (!input.idProperty || input.idProperty === "hs_object_id")) throw notFound();
      validateChanges(account, target(input) ?? null, target(input) ? input.properties : values(input));
    },
    (input) => {
      const contact = target(input);
      if (!contact && (!input.idProperty || input.idProperty === "hs_object_id")) throw notFound();
      const saved = contact
        ? updateContact(account, contact, input.properties, source)
        : createContact(account, values(input), source);
      return { ...presentWritten(call, saved, Object.keys(input.properties)), new: !contact };
    },
  );
}

function batchArchive({ account, body, source }: ApiCall): Reply {
  for (const { id } of parseBody(BatchArchiveBody, body).inputs) archiveContact(account, id, source);
  return noContent;
}

function namesOf(inputs: { properties: Record<string, string> }[]): string[] {
  return [...new Set(inputs.flatMap(({ properties }) => Object.keys(properties)))];
}

function live(account: Account, input: { id: string; idProperty?: string | undefined }): Contact | undefined {
  const contact = findContact(account, input.id, input.idProperty);
  return contact?.archivedAt === undefined ? contact : undefined;
}

function refuseRepeats(inputs: { id: string }[]): void {
  const ids = inputs.map(({ id }) => id.toLowerCase());
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at);
  if (repeated !== undefined) throw invalid(`Duplicate IDs found in batch input: [${repeated}]`);
}

function withMissing(
  reply: Reply,
  missing: { id: string; objectWriteTraceId?: string | undefined }[],
): Reply {
  const body = reply.body as { results: object[]; errors?: object[] };
  const errors = missing.map(({ id, objectWriteTraceId: trace }) =>
    new ApiError(404, "OBJECT_NOT_FOUND", `Could not find contact ${id}`).batchItem({
      ids: [id],
      ...(trace ? { objectWriteTraceId: [trace] } : {}),
    }),
  );
  return batchAnswer(200, body.results, [...(body.errors ?? []), ...errors]);
}
