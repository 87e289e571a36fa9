import type { Account } from "../account/account";
import type { Contact } from "../contacts/contact";
import { pageParam } from "../http/api-call";

const SHOWN = [
  "firstname",
  "lastname",
  "email",
  "company",
  "jobtitle",
  "phone",
  "country",
  "lifecyclestage",
  "hs_lead_status",
];

/** A page of contacts, those changed last first; `since` answers with nothing while the account stands still. */
export function browseContacts(account: Account, query: URLSearchParams) {
  const { revision } = account;
  if (query.get("since") === String(revision)) return { unchanged: true, revision };
  const archived = query.get("archived") === "true";
  const words = (query.get("query") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const found: Contact[] = [];
  for (const contact of account.contacts.from(0, archived)) if (matches(contact, words)) found.push(contact);
  found.sort(
    (a, b) => (b.archivedAt ?? b.updatedAt) - (a.archivedAt ?? a.updatedAt) || Number(b.id) - Number(a.id),
  );
  const offset = pageParam(query, "offset", 0);
  const page = found.slice(offset, offset + Math.min(pageParam(query, "limit", 25), 200));
  return { unchanged: false, revision, total: found.length, offset, results: page.map(row) };
}

function row(contact: Contact) {
  const { id, updatedAt, archivedAt, properties } = contact;
  const values = Object.fromEntries(SHOWN.map((name) => [name, properties[name] ?? ""]));
  return { id, updatedAt, archived: archivedAt !== undefined, properties: values };
}

function matches({ id, properties }: Contact, words: string[]): boolean {
  if (words.length === 0) return true;
  const { firstname, lastname, email, company, phone, hs_additional_emails: more } = properties;
  const text = [id, firstname, lastname, email, company, phone, more].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}
