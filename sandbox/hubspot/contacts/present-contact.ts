import type { Account } from "../account/account";
import { type Property, scopeFor } from "../properties/property";
import { type Contact, readProperty, type Version, versionsOf } from "./contact";

const DEFAULTS = ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"];
const ALWAYS = ["createdate", "hs_object_id", "lastmodifieddate"];

/** Who looks at a contact: an app does not see sensitive values without the scope for them. */
export interface Reader {
  account: Account;
  scopes: string[];
}

export interface Shape {
  properties?: string[];
  propertiesWithHistory?: string[];
}

/** A contact as reads answer it: a requested property without a value is null, an unknown one is left out. */
export function presentContact(reader: Reader, contact: Contact, shape: Shape = {}) {
  const history = shape.propertiesWithHistory ?? [];
  const asked = [...(shape.properties ?? []), ...history];
  const names = asked.length > 0 ? [...asked.map((name) => name.toLowerCase()), ...ALWAYS] : DEFAULTS;
  const properties: Record<string, string | null> = {};
  for (const name of [...new Set(names)].sort())
    if (seen(reader, name)) properties[name] = readProperty(contact, name) ?? null;
  return {
    ...envelope(reader.account, contact, properties),
    ...(history.length > 0 ? { propertiesWithHistory: presentHistory(reader, contact, history) } : {}),
  };
}

/** A contact as writes answer it: all that it has, plus what the write emptied. */
export function presentWritten(reader: Reader, contact: Contact, written: string[] = []) {
  const properties: Record<string, string | null> = {};
  for (const { name } of reader.account.properties.all()) {
    if (!seen(reader, name)) continue;
    const value = readProperty(contact, name);
    if (value !== undefined) properties[name] = value;
    else if (written.includes(name)) properties[name] = "";
  }
  return envelope(reader.account, contact, properties);
}

function seen({ account, scopes }: Reader, name: string): Property | undefined {
  const property = account.properties.get(name);
  const scope = property && scopeFor(property, "read");
  return scope && !scopes.includes(scope) ? undefined : property;
}

function envelope(account: Account, contact: Contact, properties: Record<string, string | null>) {
  return {
    id: contact.id,
    properties,
    createdAt: new Date(contact.createdAt).toISOString(),
    updatedAt: new Date(contact.updatedAt).toISOString(),
    archived: contact.archivedAt !== undefined,
    ...(contact.archivedAt === undefined ? {} : { archivedAt: new Date(contact.archivedAt).toISOString() }),
    url: `https://${account.info.domain}/contacts/${account.portalId}/record/0-1/${contact.id}`,
  };
}

function presentHistory(reader: Reader, contact: Contact, names: string[]) {
  const known = names.map((name) => name.toLowerCase()).filter((name) => seen(reader, name));
  return Object.fromEntries(known.map((name) => [name, versionsOf(contact, name).map(presentVersion)]));
}

function presentVersion([value, at, encoded]: Version) {
  const [sourceType = "", sourceId = ""] = encoded.split(" ");
  const user = /^userId:(\d+)$/.exec(sourceId)?.[1];
  return {
    value,
    timestamp: new Date(at).toISOString(),
    sourceType,
    sourceId,
    ...(user ? { updatedByUserId: Number(user) } : {}),
  };
}
