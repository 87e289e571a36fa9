import type { ProspectRecord } from "@/connectors/prospects/prospect-record";
import { findProspectsByMatchKeys, readProspects } from "@/connectors/prospects/read-prospects";
import type { Db } from "@/db/client";
import { matchKey } from "@/sync/match-key";
import type { Side } from "@/sync/side";
import type { ClaimedRecord } from "./claim-pending";
import type { ContactReader } from "./contact-reader";
import { erasedContactsAmong } from "./erased-contacts";
import type { PageContext } from "./page-context";
import { readLinks } from "./read-links";
import type { ContactRecord, LinkRow } from "./record-work";

/** Everything that bears on the pairing of a page's records, read once. */
export type Gathered = {
  prospects: Map<string, ProspectRecord>;
  /** By the id that was asked for and by the id that answered: a merged contact answers with another one. */
  contacts: Map<string, ContactRecord>;
  links: LinkRow[];
  /** Match key → owner. */
  prospectIdByKey: Map<string, string>;
  contactByKey: Map<string, ContactRecord>;
  /** Contacts that were deleted for privacy: their prospects are to be erased, whoever has their address now. */
  erasedContactIds: Set<string>;
};

/**
 * Reads the claimed records, their partners by link, and whoever owns one of their addresses, with enough around
 * them to say the same about each of them in whatever page it is looked at. `read`: contacts at hand already.
 */
export async function gatherRecords(
  db: Db,
  reader: ContactReader,
  page: PageContext,
  claimed: Pick<ClaimedRecord, "side" | "recordId">[],
  read: ContactRecord[] = [],
): Promise<Gathered> {
  const known = emptyGathering();
  const asked = new Set<string>(read.map(({ id }) => id));
  for (const contact of read) known.contacts.set(contact.id, contact);
  const claimedContacts = idsOf(claimed, "hubspot");
  await addLinks(idsOf(claimed, "snov"), claimedContacts);
  await Promise.all([
    addProspects([...idsOf(claimed, "snov"), ...known.links.map(({ prospectId }) => prospectId)]),
    addContacts([...claimedContacts, ...known.links.map(({ contactId }) => contactId)]),
  ]);
  // Who else is linked to a contact that others were merged into.
  await addLinksOf([...known.contacts.values()].filter(({ formerIds }) => formerIds.length));

  // Whose partner was removed may have found another one, which nobody has told of yet.
  const lonelyProspects = [...known.prospects.values()].filter(
    ({ id }) => !known.links.some((link) => link.prospectId === id && known.contacts.has(link.contactId)),
  );
  await addContactOwners(lonelyProspects.flatMap(({ emails }) => emails));
  const found = [...known.contactByKey.values()];
  await addLinksOf(found);

  await addMarked();

  const claimedOnes = new Set(claimedContacts.map((id) => known.contacts.get(id)));
  const lonelyContacts = [...known.contacts.values()].filter((contact) => {
    const links = linksOf(known, contact);
    const isAsked = links.length > 0 || claimedOnes.has(contact);
    return isAsked && !links.some(({ prospectId }) => known.prospects.has(prospectId));
  });
  const contested = [...known.contacts.values()].filter((contact) => linksOf(known, contact).length > 1);
  await addProspectOwners([...found, ...lonelyContacts, ...contested].flatMap(reader.matchKeysOf));
  // Whom a found prospect would choose by its own addresses tells whether two choose each other.
  const candidates = lonelyContacts
    .flatMap(reader.matchKeysOf)
    .flatMap((key) => known.prospectIdByKey.get(key) ?? []);
  await addLinks(candidates, []);
  await addProspects([...candidates, ...known.links.map(({ prospectId }) => prospectId)]);
  await addContactOwners(candidates.flatMap((id) => known.prospects.get(id)?.emails ?? []));
  await addContacts(known.links.map(({ contactId }) => contactId));
  await addMarked();
  const lost = known.links.map(({ contactId }) => contactId).filter((id) => !known.contacts.has(id));
  known.erasedContactIds = await erasedContactsAmong(db, page.integrationId, lost);
  return known;

  async function addLinks(prospectIds: string[], contactIds: string[]): Promise<void> {
    const found = await readLinks(db, page.integrationId, { prospectIds, contactIds });
    const ids = new Set(known.links.map(({ id }) => id));
    known.links.push(...found.filter(({ id }) => !ids.has(id)));
  }

  async function addLinksOf(contacts: ContactRecord[]): Promise<void> {
    await addLinks([], contacts.flatMap(namesOf));
    await addProspects(known.links.map(({ prospectId }) => prospectId));
    await addContacts(known.links.map(({ contactId }) => contactId));
  }

  /** A contact without a link may carry whose it is; the links of both tell whether that counts. */
  async function addMarked(): Promise<void> {
    const marked = [...known.contacts.values()].filter(
      (contact) =>
        reader.markOf(contact) &&
        !linksOf(known, contact).some((link) => known.prospects.has(link.prospectId)),
    );
    if (!marked.length) return;
    const named = marked.flatMap((contact) => reader.markOf(contact) ?? []);
    await addLinks(named, marked.flatMap(namesOf));
    await addProspects([...named, ...known.links.map(({ prospectId }) => prospectId)]);
    await addContacts(known.links.map(({ contactId }) => contactId));
  }

  async function addProspects(ids: string[]): Promise<void> {
    const missing = fresh(ids);
    if (!missing.length) return;
    for (const [id, prospect] of await readProspects(db, page.workspaceId, missing))
      known.prospects.set(id, prospect);
  }

  async function addContacts(ids: string[]): Promise<void> {
    for (const [id, contact] of await reader.byIds(fresh(ids)))
      for (const name of [id, contact.id]) known.contacts.set(name, contact);
  }

  async function addContactOwners(emails: string[]): Promise<void> {
    for (const [key, contact] of await reader.byEmails(fresh(emails.map(matchKey)))) {
      known.contactByKey.set(key, contact);
      if (!known.contacts.has(contact.id)) known.contacts.set(contact.id, contact);
    }
  }

  async function addProspectOwners(keys: string[]): Promise<void> {
    for (const [key, id] of await findProspectsByMatchKeys(db, page.workspaceId, [...new Set(keys)]))
      known.prospectIdByKey.set(key, id);
  }

  function fresh(names: string[]): string[] {
    const missing = [...new Set(names)].filter((name) => !asked.has(name));
    for (const name of missing) asked.add(name);
    return missing;
  }
}

/** Links that name this contact, or one that was merged into it. */
export function linksOf(known: Gathered, contact: ContactRecord): LinkRow[] {
  const names = namesOf(contact);
  return known.links.filter(({ contactId }) => names.includes(contactId));
}

/** A contact's id, and those of the contacts that were merged into it. */
export function namesOf(contact: ContactRecord): string[] {
  return [contact.id, ...contact.formerIds];
}

function idsOf(claimed: Pick<ClaimedRecord, "side" | "recordId">[], side: Side): string[] {
  return claimed.filter((record) => record.side === side).map(({ recordId }) => recordId);
}

function emptyGathering(): Gathered {
  return {
    prospects: new Map(),
    contacts: new Map(),
    links: [],
    prospectIdByKey: new Map(),
    contactByKey: new Map(),
    erasedContactIds: new Set(),
  };
}
