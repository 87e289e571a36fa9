import type { HubspotClient } from "@/connectors/hubspot/client";
import { readListIds, trashedSince } from "@/connectors/prospects/read-prospects";
import type { Db } from "@/db/client";
import type { Absence } from "@/sync/removal";
import type { ClaimedRecord } from "./claim-pending";
import { type ContactReader, contactReader } from "./contact-reader";
import { erasedAmong } from "./erased-addresses";
import { erasedContactsAmong } from "./erased-contacts";
import { addOpenConflicts } from "./open-conflicts";
import type { PageContext } from "./page-context";
import { contactsInScope, prospectInScope, removedInScope } from "./page-scope";
import type { ClaimedPair } from "./pair-records";
import { readPairs } from "./read-pairs";
import { type Observation, prospectIdOf } from "./record-work";
import { readUnconfirmed } from "./unconfirmed-writes";
import { undoingOf } from "./undoing";

type Sources = { db: Db; hubspot: HubspotClient };

/** Reads both sides of every claimed record, after the claim: notices only say where to look. */
export async function observePage(
  { db, hubspot }: Sources,
  page: PageContext,
  claimed: ClaimedRecord[],
): Promise<Observation[]> {
  const reader = contactReader(hubspot.contacts, page);
  const pairs = await readPairs(db, reader, page, claimed);
  return await observePairs({ db, hubspot }, page, reader, pairs);
}

/** All that the planner asks about pairs whose records are at hand. */
export async function observePairs(
  { db, hubspot }: Sources,
  page: PageContext,
  reader: ContactReader,
  pairs: ClaimedPair[],
): Promise<Observation[]> {
  const observations = pairs.map((pair) => unseen(page, pair));
  await Promise.all([addScopes(hubspot, page, observations), addAbsences(db, page, reader, observations)]);
  await addErasures(db, page, reader, observations);
  await addOpenConflicts(db, page, observations);
  await addUnconfirmed(db, page, observations);
  return observations;
}

/** A pair before anything but its two records has been looked at. */
export function unseen(page: PageContext, pair: ClaimedPair): Observation {
  return {
    ...pair,
    // Postgres keeps only the custom fields that have a value; those that exist are empty, not missing.
    prospect: pair.prospect && {
      ...pair.prospect,
      fields: { ...page.emptyProspectFields, ...pair.prospect.fields },
    },
    absences: { snov: null, hubspot: null },
    mergedAway: false,
    removedAt: { snov: undefined, hubspot: undefined },
    erased: false,
    inScope: { snov: true, hubspot: true },
    openConflicts: {},
    resolutions: [],
    unconfirmed: { sent: {}, removal: false },
    undoing: [],
    addressOwners: { snov: {}, hubspot: {} },
    applied: [],
  };
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

/** Why linked records are missing. A contact that HubSpot neither shows nor keeps in its recycle bin is gone for good. */
async function addAbsences(
  db: Db,
  page: PageContext,
  reader: ContactReader,
  observations: Observation[],
): Promise<void> {
  const linked = observations.filter(
    ({ link, dispute, outlived, givenUp }) => link && !dispute && !outlived && !givenUp,
  );
  const lostContacts = linked.flatMap(({ link, contact }) => (link && !contact ? [link.contactId] : []));
  const lostProspects = linked.flatMap(({ link, prospect }) => (link && !prospect ? [link.prospectId] : []));
  const [archived, erased, trashed, listsOf] = await Promise.all([
    reader.archivedSince(lostContacts),
    erasedContactsAmong(db, page.integrationId, lostContacts),
    trashedSince(db, page.workspaceId, lostProspects),
    readListIds(db, lostProspects),
  ]);
  for (const observation of linked) {
    const { link, prospect, contact } = observation;
    if (!link) continue;
    const ofContact: Absence = erased.has(link.contactId)
      ? "privacy_deleted"
      : archived.has(link.contactId)
        ? "archived"
        : "deleted";
    observation.absences = {
      snov: prospect ? null : trashed.has(link.prospectId) ? "archived" : "deleted",
      hubspot: contact ? null : ofContact,
    };
    const inBin = archived.get(link.contactId);
    observation.mergedAway = inBin !== undefined && inBin.id !== link.contactId;
    observation.removedAt = { snov: trashed.get(link.prospectId), hubspot: inBin?.at };
    const removed = removedInScope(page, link, listsOf.get(link.prospectId) ?? []);
    const inScope = {
      snov: prospect ? link.inScope.snov : removed.snov,
      hubspot: contact ? link.inScope.hubspot : removed.hubspot,
    };
    observation.link = { ...link, inScope };
  }
}

/** Whether a record has an address of somebody who was erased. */
export async function addErasures(
  db: Db,
  page: PageContext,
  reader: ContactReader,
  observations: Observation[],
): Promise<void> {
  const keysOf = ({ prospect, contact }: Observation) => [
    ...(prospect?.emails ?? []),
    ...(contact ? reader.matchKeysOf(contact) : []),
  ];
  const isErased = await erasedAmong(db, page.workspaceId, observations.flatMap(keysOf));
  for (const observation of observations) observation.erased = keysOf(observation).some(isErased);
}

async function addUnconfirmed(db: Db, page: PageContext, observations: Observation[]): Promise<void> {
  const idOf = (observation: Observation) => prospectIdOf(observation) ?? "";
  const noted = await readUnconfirmed(db, page.integrationId, observations.map(idOf).filter(Boolean));
  const undoing = await undoingOf(db, page, noted);
  for (const observation of observations) {
    observation.unconfirmed = noted.get(idOf(observation)) ?? observation.unconfirmed;
    observation.undoing = undoing.get(idOf(observation)) ?? [];
  }
}
