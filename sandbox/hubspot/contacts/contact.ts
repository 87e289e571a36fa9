import type { Source } from "./source";

/** A value, when it was set (ms), and the encoded source that set it. */
export type Version = [value: string, at: number, source: string];

/**
 * Records are replaced, never changed in place. Kept small for large accounts: empty values and
 * whatever can be computed are not stored, and history starts with a property's second value.
 */
export interface Contact {
  id: string;
  properties: Record<string, string>;
  history: Record<string, Version[]>;
  createdAt: number;
  updatedAt: number;
  archivedAt?: number;
  source: string;
  mergedIds?: string[];
}

const computed: Record<string, (contact: Contact) => string | undefined> = {
  hs_object_id: (c) => c.id,
  createdate: (c) => new Date(c.createdAt).toISOString(),
  lastmodifieddate: (c) => new Date(c.updatedAt).toISOString(),
  hs_email_domain: (c) => c.properties.email?.split("@")[1],
  hs_full_name_or_email: (c) => fullName(c) || c.properties.email,
  hs_calculated_phone_number: (c) => digits(c.properties.phone, "+"),
  hs_searchable_calculated_phone_number: (c) => digits(c.properties.phone, ""),
  hs_merged_object_ids: (c) => c.mergedIds?.join(";"),
  hs_object_source: (c) => c.source.split(" ")[0],
  hs_object_source_id: (c) => c.source.split(" ")[1],
};

export function readProperty(contact: Contact, name: string): string | undefined {
  const calculated = isComputed(name) ? computed[name]?.(contact) : undefined;
  return calculated ?? storedValue(contact, name);
}

/** Undefined where it is empty. A property may be called "constructor", which every object seems to have. */
export function storedValue({ properties }: Pick<Contact, "properties">, name: string): string | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** What is a number at heart, read without the way over a text: a search looks at every contact. */
export const numberOf: Partial<Record<string, (contact: Contact) => number>> = {
  hs_object_id: (c) => Number(c.id),
  createdate: (c) => c.createdAt,
  lastmodifieddate: (c) => c.updatedAt,
};

export function isComputed(name: string): boolean {
  return Object.hasOwn(computed, name);
}

/** Newest first. */
export function versionsOf(contact: Contact, name: string): Version[] {
  const kept = Object.hasOwn(contact.history, name) ? contact.history[name] : undefined;
  if (kept) return kept;
  const value = readProperty(contact, name);
  return value === undefined ? [] : [[value, contact.createdAt, contact.source]];
}

export function additionalEmails(contact: Contact): string[] {
  return contact.properties.hs_additional_emails?.split(";") ?? [];
}

export function encodeSource(source: Source): string {
  return `${source.type} ${source.id}`;
}

function fullName(contact: Contact): string {
  return [contact.properties.firstname, contact.properties.lastname].filter(Boolean).join(" ");
}

function digits(phone: string | undefined, prefix: string): string | undefined {
  const found = phone?.replace(/\D/g, "");
  return found ? prefix + found : undefined;
}
