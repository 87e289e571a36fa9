import type { Contact } from "@/connectors/hubspot/contact";
import type { HubspotContacts } from "@/connectors/hubspot/contacts";
import { fromWire } from "@/connectors/hubspot/mapper";
import type { FieldType } from "@/sync/value";
import { contactKeys } from "./contact-keys";
import type { PageContext } from "./page-context";
import type { ContactRecord } from "./record-work";

const alwaysRead = ["email", "hs_additional_emails", "firstname", "lastname"];

export type ContactReader = ReturnType<typeof contactReader>;

/** Reads contacts with the properties that this integration maps, as typed values. */
export function contactReader(contacts: HubspotContacts, page: PageContext) {
  const properties = propertiesToRead(page);
  const toContact = (contact: Contact) => toContactRecord(contact, page.propertyTypes);
  const toContacts = (found: Map<string, Contact>) =>
    new Map([...found].map(([key, contact]) => [key, toContact(contact)]));
  return {
    properties,
    toContact,
    byIds: async (ids: string[]) =>
      ids.length ? toContacts(await contacts.readByIds(ids, properties)) : new Map<string, ContactRecord>(),
    archivedByIds: async (ids: string[]) =>
      ids.length
        ? toContacts(await contacts.readArchivedByIds(ids, properties))
        : new Map<string, ContactRecord>(),
    byEmails: async (emails: string[]) =>
      emails.length
        ? toContacts(await contacts.readByEmails(emails, properties))
        : new Map<string, ContactRecord>(),
    matchKeysOf: contactKeys,
  };
}

function propertiesToRead({ planner, propertyTypes }: PageContext): string[] {
  const mapped = planner.mappings.map(({ fields }) => fields.hubspot);
  const extras = [planner.constants.hubspot?.field, planner.firstStatus.hubspot?.field].filter(
    (name) => name !== undefined,
  );
  const names = new Set([...alwaysRead, ...mapped, ...extras]);
  return [...names].filter((name) => alwaysRead.includes(name) || propertyTypes.has(name));
}

function toContactRecord(contact: Contact, types: Map<string, FieldType>): ContactRecord {
  const fields = Object.fromEntries(
    Object.entries(contact.properties).map(([name, raw]) => [name, fromWire(types.get(name) ?? "text", raw)]),
  );
  const name =
    [fields.firstname, fields.lastname].filter(Boolean).join(" ") || String(fields.email ?? contact.id);
  return {
    id: contact.id,
    name,
    fields,
    updatedAt: new Date(contact.updatedAt),
    formerIds: contact.formerIds,
    changedAt: {},
  };
}
