import { type Contact, IDENTITY_PROPERTIES } from "@/connectors/hubspot/contact";
import type { HubspotContacts } from "@/connectors/hubspot/contacts";
import { fromWire } from "@/connectors/hubspot/mapper";
import { prospectNamed } from "@/sync/contact-mark";
import { ownValue } from "@/sync/own-value";
import type { FieldType, Value } from "@/sync/value";
import { contactKeys } from "./contact-keys";
import type { PageContext } from "./page-context";
import type { ContactRecord } from "./record-work";

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
    /** Id → the contact that answers to it in the recycle bin, and since when, in milliseconds since 1970, as far as HubSpot says. */
    archivedSince: async (ids: string[]) =>
      new Map(
        ids.length
          ? [...(await contacts.readArchivedByIds(ids, []))].map(([id, { id: own, archivedAt }]) => [
              id,
              { id: own, at: archivedAt === null ? undefined : Date.parse(archivedAt) },
            ])
          : [],
      ),
    byEmails: async (emails: string[]) =>
      emails.length
        ? toContacts(await contacts.readByEmails(emails, properties))
        : new Map<string, ContactRecord>(),
    /** The contacts that carry these prospects' ids, by those. */
    byMarks: async (prospectIds: string[]) =>
      page.mark && prospectIds.length
        ? toContacts(await contacts.readByUnique(page.mark, prospectIds, properties))
        : new Map<string, ContactRecord>(),
    /** The prospect that a contact says it belongs to: there or not, of this workspace or another one. */
    markOf: ({ fields }: ContactRecord): string | null =>
      page.mark === null ? null : prospectNamed(ownValue(fields, page.mark)),
    matchKeysOf: contactKeys,
  };
}

function propertiesToRead({ planner, propertyTypes, mark }: PageContext): string[] {
  const mapped = planner.mappings.map(({ fields }) => fields.hubspot);
  const extras = [
    planner.constants.hubspot?.field,
    planner.firstStatus.hubspot?.field,
    mark ?? undefined,
  ].filter((name) => name !== undefined);
  const names = new Set([...IDENTITY_PROPERTIES, ...mapped, ...extras]);
  return [...names].filter((name) => IDENTITY_PROPERTIES.includes(name) || propertyTypes.has(name));
}

function toContactRecord(contact: Contact, types: Map<string, FieldType>): ContactRecord {
  const fields = Object.fromEntries(
    Object.entries(contact.properties).map(([name, raw]) => [name, fromWire(types.get(name) ?? "text", raw)]),
  );
  return {
    id: contact.id,
    name: fullName(fields) || String(fields.email ?? contact.id),
    fields,
    updatedAt: new Date(contact.updatedAt),
    formerIds: contact.formerIds,
    changedAt: {},
  };
}

/** What is remembered of a contact to show and find it. */
export function contactShown(
  fields: Record<string, Value>,
): Record<"contactName" | "contactEmail", string | null> {
  return { contactName: fullName(fields) || null, contactEmail: fields.email ? String(fields.email) : null };
}

function fullName({ firstname, lastname }: Record<string, Value>): string {
  return [firstname, lastname].filter(Boolean).join(" ");
}
