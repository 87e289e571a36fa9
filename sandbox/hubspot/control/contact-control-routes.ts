import { z } from "zod";
import { letGo, takeBack } from "../account/come-and-go";
import { archiveContact, restoreContact } from "../contacts/archive-contact";
import { type Contact, readProperty } from "../contacts/contact";
import { createContact } from "../contacts/create-contact";
import { eraseContact } from "../contacts/erase-contact";
import { mergeContacts } from "../contacts/merge-contacts";
import { userSource } from "../contacts/source";
import { updateContact } from "../contacts/update-contact";
import { notFound } from "../http/api-error";
import { parseBody } from "../http/parse-body";
import { noContent, ok, type Reply } from "../http/reply";
import { decideProperty, PropertyDecision } from "../properties/change-property";
import { createProperty, PropertyInput } from "../properties/create-property";
import { browseContacts } from "./browse-contacts";
import { accountOf, type ControlCall, type ControlRoute } from "./control-call";
import { loadContacts } from "./load-contacts";

const account = "/sandbox/api/accounts/:portalId";
const contacts = `${account}/contacts`;

/** What a person does in HubSpot's own pages; webhooks name that person as the source. */
export const contactControlRoutes: ControlRoute[] = [
  { method: "GET", pattern: contacts, handle: (call) => ok(browseContacts(accountOf(call), call.query)) },
  { method: "POST", pattern: contacts, handle: create },
  { method: "POST", pattern: `${contacts}/merge`, handle: merge },
  { method: "POST", pattern: `${contacts}/load`, handle: load },
  { method: "GET", pattern: `${contacts}/:id`, handle: (call) => ok(present(call, needed(call))) },
  { method: "PATCH", pattern: `${contacts}/:id`, handle: update },
  { method: "DELETE", pattern: `${contacts}/:id`, handle: archive },
  { method: "POST", pattern: `${contacts}/:id/restore`, handle: restore },
  { method: "POST", pattern: `${contacts}/:id/privacy-delete`, handle: privacyDelete },
  {
    method: "GET",
    pattern: `${account}/properties`,
    handle: (call) => ok({ results: accountOf(call).properties.all(call.query.get("archived") === "true") }),
  },
  { method: "POST", pattern: `${account}/properties`, handle: addProperty },
  { method: "PATCH", pattern: `${account}/properties/:name`, handle: changeDefinition },
  {
    method: "GET",
    pattern: `${account}/owners`,
    handle: (call) =>
      ok({
        results: accountOf(call)
          .owners()
          .filter(({ archived }) => !archived),
      }),
  },
  {
    method: "DELETE",
    pattern: `${account}/owners/:id`,
    handle: (call) => ok(letGo(accountOf(call), call.params.id ?? "")),
  },
  {
    method: "POST",
    pattern: `${account}/owners/:id/return`,
    handle: (call) => ok(takeBack(accountOf(call), call.params.id ?? "")),
  },
];

const Values = z.strictObject({ properties: z.record(z.string(), z.string()) });
const Load = z.strictObject({ count: z.number().int().min(1).max(1_000_000) });
const Merge = z.strictObject({ primaryId: z.string(), otherId: z.string() });

function create(call: ControlCall): Reply {
  const { properties } = parseBody(Values, call.body);
  return { status: 201, body: present(call, createContact(accountOf(call), properties, person(call))) };
}

async function load(call: ControlCall): Promise<Reply> {
  const { count } = parseBody(Load, call.body);
  return ok({ contacts: await loadContacts(call.sandbox, accountOf(call), count) });
}

function update(call: ControlCall): Reply {
  const { properties } = parseBody(Values, call.body);
  return ok(present(call, updateContact(accountOf(call), neededLive(call), properties, person(call))));
}

function archive(call: ControlCall): Reply {
  archiveContact(accountOf(call), needed(call).id, person(call));
  return noContent;
}

function restore(call: ControlCall): Reply {
  return ok(present(call, restoreContact(accountOf(call), needed(call), person(call))));
}

function privacyDelete(call: ControlCall): Reply {
  eraseContact(accountOf(call), needed(call), person(call));
  return noContent;
}

function merge(call: ControlCall): Reply {
  const { primaryId, otherId } = parseBody(Merge, call.body);
  return ok(present(call, mergeContacts(accountOf(call), primaryId, otherId, person(call))));
}

function addProperty(call: ControlCall): Reply {
  const account = accountOf(call);
  return {
    status: 201,
    body: createProperty(account, parseBody(PropertyInput, call.body), account.info.user.id),
  };
}

function changeDefinition(call: ControlCall): Reply {
  const account = accountOf(call);
  const property = account.properties.find(call.params.name ?? "");
  if (!property) throw notFound(`There is no property ${call.params.name}`);
  return ok(decideProperty(account, property, parseBody(PropertyDecision.strict(), call.body)));
}

function person(call: ControlCall) {
  return userSource(accountOf(call).info.user.id);
}

function needed(call: ControlCall): Contact {
  const contact = accountOf(call).contacts.get(call.params.id ?? "");
  if (!contact) throw notFound(`There is no contact ${call.params.id}`);
  return contact;
}

function neededLive(call: ControlCall): Contact {
  const contact = needed(call);
  if (contact.archivedAt !== undefined) throw notFound(`Contact ${call.params.id} is in the recycle bin`);
  return contact;
}

function present(call: ControlCall, contact: Contact) {
  const names = accountOf(call)
    .properties.all()
    .map(({ name }) => name);
  const values = names.flatMap((name) => {
    const value = readProperty(contact, name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    id: contact.id,
    archived: contact.archivedAt !== undefined,
    updatedAt: contact.updatedAt,
    properties: Object.fromEntries(values),
  };
}
