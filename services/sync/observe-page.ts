import { and, eq, inArray, isNull, or } from "drizzle-orm";
import type { HubspotClient } from "@/connectors/hubspot/client";
import { findProspectsByMatchKeys, readProspects } from "@/connectors/prospects/read-prospects";
import type { Db } from "@/db/client";
import { conflicts, recordLinks } from "@/db/schema/sync";
import { matchKey } from "@/sync/match-key";
import type { Both } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { ClaimedRecord } from "./claim-pending";
import { contactReader } from "./contact-reader";
import type { PageContext } from "./page-context";
import { contactsInScope, prospectInScope } from "./page-scope";
import type { ContactRecord, LinkRow, Observation } from "./record-work";
import { readUnconfirmed } from "./unconfirmed-writes";

type Sources = { db: Db; hubspot: HubspotClient };

/**
 * Reads both sides of every claimed record, after the claim: notices only say where to look.
 * Linked records are paired by their link, others by e-mail, primary before secondary.
 */
export async function observePage(
  { db, hubspot }: Sources,
  page: PageContext,
  claimed: ClaimedRecord[],
): Promise<Observation[]> {
  const contacts = contactReader(hubspot.contacts, page);
  const links = await readLinks(db, page.integrationId, claimed);
  const prospectIds = union(
    idsOf(claimed, "snov"),
    links.map((link) => link.prospectId),
  );
  const contactIds = union(
    idsOf(claimed, "hubspot"),
    links.map((link) => link.contactId),
  );
  const [prospects, contactsById] = await Promise.all([
    readProspects(db, page.workspaceId, prospectIds),
    contacts.byIds(contactIds),
  ]);

  const linkOfProspect = new Map(links.map((link) => [link.prospectId, link]));
  const linkOfContact = linksByContact(links, contactsById);
  const lonelyProspects = [...prospects.values()].filter(({ id }) => !linkOfProspect.has(id));
  const lonelyContacts = [...contactsById.entries()]
    .filter(([requestedId, contact]) => !linkOfContact.has(requestedId) && !linkOfContact.has(contact.id))
    .map(([, contact]) => contact);

  const contactsByKey = await contacts.byEmails(lonelyProspects.flatMap(({ emails }) => emails));
  const prospectIdByKey = await findProspectsByMatchKeys(
    db,
    page.workspaceId,
    lonelyContacts.flatMap(contacts.matchKeysOf),
  );
  const matchedProspects = await readProspects(
    db,
    page.workspaceId,
    [...new Set(prospectIdByKey.values())].filter((id) => !prospects.has(id)),
  );
  const takenBy = await readLinksOf(db, page.integrationId, {
    prospectIds: [...prospectIdByKey.values()],
    contactIds: [...contactsByKey.values()].map(({ id }) => id),
  });

  for (const [id, prospect] of matchedProspects) prospects.set(id, prospect);
  // A linked prospect's contact may have been merged into the very contact that looks for it.
  const unread = takenBy.rows.filter(({ contactId }) => !contactsById.has(contactId));
  for (const [id, contact] of await contacts.byIds(unread.map(({ contactId }) => contactId)))
    contactsById.set(id, contact);
  for (const link of unread) {
    const answered = contactsById.get(link.contactId);
    if (!answered || !lonelyContacts.some(({ id }) => id === answered.id)) continue;
    linkOfProspect.set(link.prospectId, link);
    linkOfContact.set(answered.id, link);
  }

  const observations = new Map<string, Observation>();
  for (const record of claimed) {
    const pair = record.side === "snov" ? pairOfProspect(record.recordId) : pairOfContact(record.recordId);
    const key =
      pair.prospect?.id ?? pair.link?.prospectId ?? pair.contact?.id ?? `${record.side}:${record.recordId}`;
    const known = observations.get(key);
    if (known) known.claimed.push(record);
    else
      observations.set(key, {
        claimed: [record],
        ...pair,
        inScope: { snov: true, hubspot: true },
        openConflicts: {},
        unconfirmed: {},
      });
  }
  const result = giveEachContactOnce([...observations.values()]);
  await addScopes(hubspot, page, result);
  await addOpenConflicts(db, result);
  await addUnconfirmed(db, page.integrationId, result);
  return result;

  type Pair = Pick<Observation, "prospect" | "contact" | "link" | "doubt">;

  function pairOfLink(link: LinkRow): Pair {
    return {
      prospect: prospects.get(link.prospectId) ?? null,
      contact: contactsById.get(link.contactId) ?? null,
      link,
      doubt: null,
    };
  }

  function pairOfProspect(id: string): Pair {
    const link = linkOfProspect.get(id);
    if (link) return pairOfLink(link);
    const prospect = prospects.get(id) ?? null;
    const contact = firstOf(prospect?.emails.map(matchKey) ?? [], contactsByKey);
    const taken = contact !== null && takenBy.contacts.has(contact.id);
    return { prospect, contact: taken ? null : contact, link: null, doubt: taken ? "match_taken" : null };
  }

  function pairOfContact(id: string): Pair {
    const contact = contactsById.get(id) ?? null;
    const link = linkOfContact.get(id) ?? (contact ? linkOfContact.get(contact.id) : undefined);
    if (link) return pairOfLink(link);
    const prospectId = contact ? firstOf(contacts.matchKeysOf(contact), prospectIdByKey) : null;
    const taken = prospectId !== null && takenBy.prospects.has(prospectId);
    const prospect = prospectId === null || taken ? null : (prospects.get(prospectId) ?? null);
    return { prospect, contact, link: null, doubt: taken ? "match_taken" : null };
  }
}

/** By the id the link holds, and by the id its contact answers with: after a merge those differ. */
function linksByContact(links: LinkRow[], contacts: Map<string, ContactRecord>): Map<string, LinkRow> {
  const found = new Map(links.map((link) => [link.contactId, link]));
  for (const link of links) {
    const answered = contacts.get(link.contactId)?.id;
    if (answered !== undefined && !found.has(answered)) found.set(answered, link);
  }
  return found;
}

/** Two prospects of one page may come to one contact: a linked one has it, the other waits in doubt. */
function giveEachContactOnce(observations: Observation[]): Observation[] {
  const given = new Set<string>();
  const linkedFirst = [...observations].sort((a, b) => Number(b.link !== null) - Number(a.link !== null));
  for (const observation of linkedFirst) {
    const id = observation.contact?.id;
    if (id === undefined) continue;
    if (given.has(id)) Object.assign(observation, { contact: null, doubt: "match_taken" });
    given.add(id);
  }
  return observations;
}

async function addScopes(
  hubspot: HubspotClient,
  page: PageContext,
  observations: Observation[],
): Promise<void> {
  const contacts = observations.flatMap(({ contact }) => contact?.id ?? []);
  const inScope = await contactsInScope(hubspot, page.incomingScope, contacts);
  for (const observation of observations)
    observation.inScope = {
      snov: observation.prospect !== null && prospectInScope(page.outgoingScope, observation.prospect),
      hubspot: observation.contact !== null && inScope(observation.contact.id),
    };
}

async function addOpenConflicts(db: Db, observations: Observation[]): Promise<void> {
  const linkIds = observations.flatMap(({ link }) => link?.id ?? []);
  if (!linkIds.length) return;
  const open = await db
    .select()
    .from(conflicts)
    .where(and(inArray(conflicts.linkId, linkIds), isNull(conflicts.closedAt)));
  for (const observation of observations)
    for (const conflict of open)
      if (conflict.linkId === observation.link?.id) {
        const values: Both<Value> = { snov: conflict.snovValue, hubspot: conflict.hubspotValue };
        observation.openConflicts[conflict.mappingId] = values;
      }
}

async function addUnconfirmed(db: Db, integrationId: string, observations: Observation[]): Promise<void> {
  const sent = await readUnconfirmed(
    db,
    integrationId,
    observations.flatMap(({ prospect }) => prospect?.id ?? []),
  );
  for (const observation of observations)
    observation.unconfirmed = sent.get(observation.prospect?.id ?? "") ?? {};
}

async function readLinks(db: Db, integrationId: string, claimed: ClaimedRecord[]): Promise<LinkRow[]> {
  const { rows } = await readLinksOf(db, integrationId, {
    prospectIds: idsOf(claimed, "snov"),
    contactIds: idsOf(claimed, "hubspot"),
  });
  return rows;
}

async function readLinksOf(
  db: Db,
  integrationId: string,
  of: { prospectIds: string[]; contactIds: string[] },
) {
  const found =
    of.prospectIds.length || of.contactIds.length
      ? await db
          .select()
          .from(recordLinks)
          .where(
            and(
              eq(recordLinks.integrationId, integrationId),
              or(
                inArray(recordLinks.prospectId, of.prospectIds),
                inArray(recordLinks.contactId, of.contactIds),
              ),
            ),
          )
      : [];
  const rows: LinkRow[] = found.map(
    ({ firstSyncedToHubspot: hubspot, firstSyncedToSnov: snov, ...link }) => ({
      ...link,
      firstSynced: { snov, hubspot },
    }),
  );
  return {
    rows,
    prospects: new Set(rows.map((row) => row.prospectId)),
    contacts: new Set(rows.map((row) => row.contactId)),
  };
}

function firstOf<T>(keys: string[], found: Map<string, T>): T | null {
  for (const key of keys) {
    const value = found.get(key);
    if (value !== undefined) return value;
  }
  return null;
}

function idsOf(claimed: ClaimedRecord[], side: ClaimedRecord["side"]): string[] {
  return claimed.filter((record) => record.side === side).map(({ recordId }) => recordId);
}

function union(a: string[], b: string[]): string[] {
  return [...new Set([...a, ...b])];
}
