import { type ApiCall, type ApiRoute, flagParam, limitParam, listParam, pageParam } from "../http/api-call";
import { invalid, notFound } from "../http/api-error";
import { parseBody } from "../http/parse-body";
import { noContent, ok, type Reply } from "../http/reply";
import { archiveContact } from "./archive-contact";
import { CreateBody, MergeBody, PrivacyDeleteBody, SearchBody, UpdateBody } from "./contact-bodies";
import { createContact } from "./create-contact";
import { eraseContact } from "./erase-contact";
import { findContact } from "./find-contact";
import { mergeContacts } from "./merge-contacts";
import { presentContact, presentWritten } from "./present-contact";
import { requireSensitive } from "./require-sensitive";
import { searchContacts } from "./search-contacts";
import { updateContact } from "./update-contact";

const read = ["crm.objects.contacts.read"];
const write = ["crm.objects.contacts.write"];
const path = "/crm/objects/2026-03/contacts";

export const contactRoutes: ApiRoute[] = [
  { method: "GET", pattern: path, scopes: read, handle: list },
  { method: "POST", pattern: path, scopes: write, handle: create },
  { method: "POST", pattern: `${path}/search`, scopes: read, handle: search, search: true },
  { method: "POST", pattern: `${path}/merge`, scopes: write, handle: merge },
  { method: "POST", pattern: `${path}/gdpr-delete`, scopes: write, handle: privacyDelete },
  { method: "GET", pattern: `${path}/:id`, scopes: read, handle: getOne },
  { method: "PATCH", pattern: `${path}/:id`, scopes: write, handle: update },
  { method: "DELETE", pattern: `${path}/:id`, scopes: write, handle: archive },
];

function list(call: ApiCall): Reply {
  const { account, query } = call;
  const shape = shapeOf(query);
  const most = shape.propertiesWithHistory.length > 0 ? 50 : 100;
  const limit = limitParam(query, { fallback: 10, most });
  const page = [];
  for (const contact of account.contacts.from(pageParam(query, "after", 0), flagParam(query, "archived"))) {
    page.push(contact);
    if (page.length > limit) break;
  }
  const next = page[limit];
  return ok({
    results: page.slice(0, limit).map((contact) => presentContact(call, contact, shape)),
    ...(next ? { paging: { next: { after: next.id, link: `?after=${next.id}` } } } : {}),
  });
}

function create(call: ApiCall): Reply {
  const { account, body, source } = call;
  const { properties, objectWriteTraceId: trace } = parseBody(CreateBody, body);
  requireSensitive(call, Object.keys(properties));
  const made = presentWritten(call, createContact(account, properties, source));
  return { status: 201, body: { ...made, ...(trace ? { objectWriteTraceId: trace } : {}) } };
}

function getOne(call: ApiCall): Reply {
  const { account, params, query } = call;
  const archived = flagParam(query, "archived");
  const contact = findContact(account, params.id ?? "", query.get("idProperty"));
  if (!contact || (contact.archivedAt !== undefined) !== archived) throw notFound();
  return ok(presentContact(call, contact, shapeOf(query)));
}

function update(call: ApiCall): Reply {
  const { account, params, query, body, source } = call;
  const { properties, objectWriteTraceId: trace } = parseBody(UpdateBody, body);
  const contact = findContact(account, params.id ?? "", query.get("idProperty"));
  if (!contact || contact.archivedAt !== undefined) throw notFound();
  requireSensitive(call, Object.keys(properties));
  const saved = updateContact(account, contact, properties, source);
  const written = presentWritten(call, saved, Object.keys(properties));
  return ok({ ...written, ...(trace ? { objectWriteTraceId: trace } : {}) });
}

function archive({ account, params, source }: ApiCall): Reply {
  archiveContact(account, params.id ?? "", source);
  return noContent;
}

function merge(call: ApiCall): Reply {
  const { account, body, source } = call;
  const { primaryObjectId, objectIdToMerge } = parseBody(MergeBody, body);
  return ok(presentWritten(call, mergeContacts(account, primaryObjectId, objectIdToMerge, source)));
}

function privacyDelete({ account, body, source }: ApiCall): Reply {
  const { objectId, idProperty } = parseBody(PrivacyDeleteBody, body);
  const contact = findContact(account, objectId, idProperty);
  if (contact) eraseContact(account, contact, source);
  // HubSpot's guide: an address that nobody has is kept from being used in future as well.
  else if (idProperty === "email") account.contacts.block(objectId);
  return noContent;
}

function search(call: ApiCall): Reply {
  const { account, body } = call;
  const request = parseBody(SearchBody, body);
  if (JSON.stringify(body).length > 3000) throw invalid("The search request is longer than 3000 characters");
  const { total, page, next } = searchContacts(account, request);
  const shape = request.properties ? { properties: request.properties } : {};
  return ok({
    total,
    results: page.map((contact) => presentContact(call, contact, shape)),
    ...(next === null ? {} : { paging: { next: { after: String(next) } } }),
  });
}

function shapeOf(query: URLSearchParams) {
  return {
    properties: listParam(query, "properties"),
    propertiesWithHistory: listParam(query, "propertiesWithHistory"),
  };
}
