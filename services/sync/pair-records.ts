import type { ProspectRecord } from "@/connectors/prospects/prospect-record";
import { type Candidate, heirOf, holdsByMark, pairByAddress, preferredOwner } from "@/sync/identity";
import { matchKey } from "@/sync/match-key";
import type { DisputeOfTwo } from "@/sync/record-plan";
import type { ClaimedRecord } from "./claim-pending";
import type { ContactReader } from "./contact-reader";
import { type Gathered, linksOf } from "./gather-records";
import type { SaidApart } from "./kept-apart";
import type { ContactRecord, LinkRow, RecordPair } from "./record-work";

export type Asked = Pick<ClaimedRecord, "side" | "recordId">;
export type ClaimedPair<C extends Asked = ClaimedRecord> = RecordPair & { claimed: C[] };

/** What was claimed, as pairs: each pair once, with everything of the page that asks for it. */
export function pairRecords<C extends Asked>(
  known: Gathered,
  reader: Pick<ContactReader, "matchKeysOf" | "markOf">,
  claimed: C[],
  said: SaidApart,
): ClaimedPair<C>[] {
  const marked = markedContacts();
  const pairs = new Map<string, ClaimedPair<C>>();
  for (const record of claimed) {
    for (const [position, pair] of pairsOf(record).entries()) {
      const key =
        pair.prospect?.id ?? pair.link?.prospectId ?? pair.contact?.id ?? `${record.side}:${record.recordId}`;
      const same = pairs.get(key) ?? { ...pair, claimed: [] };
      // The row itself is settled with one of the pairs that it leads to.
      if (position === 0) same.claimed.push(record);
      pairs.set(key, same);
    }
  }
  return [...pairs.values()];

  /**
   * Two that are kept apart are looked at together, each for itself: what is true of one holds for the other. So are those
   * of one contact where one lets go of it.
   */
  function pairsOf({ side, recordId }: Asked): RecordPair[] {
    const found = side === "snov" ? [pairOfProspect(recordId)] : pairsOfContact(recordId);
    const others = found.flatMap(({ prospect, link, apartFrom, dispute, outlived, givenUp }) => {
      if (link && (outlived || givenUp)) return pairsOfContact(link.contactId);
      if (!apartFrom || dispute) return [];
      return prospect ? pairsOfContact(apartFrom) : [pairOfProspect(apartFrom)];
    });
    return [...found, ...others];
  }

  function pairOfProspect(id: string): RecordPair {
    const link = known.links.find(({ prospectId }) => prospectId === id);
    return link ? pairFrom(link) : pairOfFreeProspect(id);
  }

  function pairOfFreeProspect(id: string): RecordPair {
    const prospect = known.prospects.get(id) ?? null;
    if (!prospect) return { ...nobody, prospect };
    const bearer = contactMarked(prospect);
    if (bearer) return freePair(prospect, bearer);
    const contacts = prospect.emails.map((email) => known.contactByKey.get(matchKey(email)) ?? null);
    const [primary = null, ...secondary] = contacts.map((contact) => contact && candidateContact(contact));
    const pairing = pairByAddress("snov", id, { primary, secondary: secondary.filter((c) => c !== null) });
    if (pairing.kind === "disputed") return inDispute({ ...nobody, prospect }, pairing.dispute);
    const contact = pairing.kind === "pair" ? (known.contacts.get(pairing.id) ?? null) : null;
    if (contact && said.areKeptApart(prospect, contact))
      return { ...nobody, prospect, apartFrom: contact.id };
    return contact ? freePair(prospect, contact) : { ...nobody, prospect };
  }

  function pairsOfContact(id: string): RecordPair[] {
    const contact = known.contacts.get(id) ?? null;
    const links = contact ? linksOf(known, contact) : known.links.filter(({ contactId }) => contactId === id);
    if (links.length) return links.map(pairFrom);
    return [contact ? pairOfFreeContact(contact) : nobody];
  }

  /** Of a pair that lost one record, the other one may have found a new partner already. */
  function pairFrom(link: LinkRow): RecordPair {
    const pair = pairOfLink(link);
    if (isAlive(link) || pair.outlived || pair.givenUp) return pair;
    const contact = known.contacts.get(link.contactId);
    const found = contact ? pairOfFreeContact(contact) : pairOfFreeProspect(link.prospectId);
    return found.prospect && found.contact ? found : pair;
  }

  function pairOfFreeContact(contact: ContactRecord): RecordPair {
    const named = prospectMarked(contact);
    if (named) return freePair(named, contact);
    const owners = reader.matchKeysOf(contact).map((key) => known.prospectIdByKey.get(key) ?? null);
    const [primary = null, ...secondary] = owners.map((owner) => (owner ? candidateProspect(owner) : null));
    const pairing = pairByAddress("hubspot", contact.id, {
      primary,
      secondary: secondary.filter((candidate) => candidate !== null),
    });
    if (pairing.kind === "disputed") return inDispute({ ...nobody, contact }, pairing.dispute);
    const prospect = pairing.kind === "pair" ? (known.prospects.get(pairing.id) ?? null) : null;
    if (prospect && said.areKeptApart(prospect, contact))
      return { ...nobody, contact, apartFrom: prospect.id };
    return prospect ? freePair(prospect, contact) : { ...nobody, contact };
  }

  function freePair(prospect: ProspectRecord, contact: ContactRecord): RecordPair {
    return { ...nobody, prospect, contact, deadLinkIds: deadLinks(prospect, contact) };
  }

  /** A contact that was merged goes on with one of those who are linked to it; a prospect that is gone has no claim. */
  function pairOfLink(link: LinkRow): RecordPair {
    const prospect = known.prospects.get(link.prospectId) ?? null;
    const contact = known.contacts.get(link.contactId) ?? null;
    const pair = { ...nobody, prospect, contact, link };
    const parted = { ...pair, contact: null };
    if (said.isGivenUp(link)) return { ...parted, givenUp: true, outlived: !prospect };
    if (!contact) return isAsked(link) ? inMerger(parted, said.askedOf(link) ?? "") : pair;
    const all = linksOf(known, contact);
    const claims = all.filter((other) => known.prospects.has(other.prospectId) && !said.isGivenUp(other));
    if (!prospect) return claims.length ? { ...parted, outlived: true } : pair;
    const heir = heirAmong(claims, contact);
    if (heir !== prospect.id) {
      const rival = claims.find(({ prospectId }) => prospectId !== prospect.id);
      return inMerger(parted, heir ?? rival?.prospectId ?? "");
    }
    // What it had agreed on with its own contact is no base for one that has another person's values.
    return heirAmong(all, contact) === prospect.id ? pair : { ...pair, link: { ...link, base: {} } };
  }

  /** Nobody answered yet whose contact it is, which is gone since: nothing is taken along. */
  function isAsked(link: LinkRow): boolean {
    const isThere = known.prospects.has(link.prospectId);
    return isThere && !known.erasedContactIds.has(link.contactId) && said.askedOf(link) !== null;
  }

  function heirAmong(links: LinkRow[], contact: ContactRecord): string | null {
    return heirOf(
      links.map(({ prospectId, contactId }) => ({ id: prospectId, partner: contactId })),
      { id: contact.id, primaryOwner: ownersOf(contact)[0] ?? null },
    );
  }

  function inMerger(pair: RecordPair, otherId: string): RecordPair {
    return { ...pair, dispute: { kind: "merged", on: "snov", otherId } };
  }

  function inDispute(pair: RecordPair, dispute: DisputeOfTwo): RecordPair {
    const { otherId } = dispute;
    const prospect = pair.prospect ?? known.prospects.get(otherId);
    const contact = pair.contact ?? known.contacts.get(otherId);
    const areApart = prospect && contact && said.areKeptApart(prospect, contact);
    return { ...pair, dispute, apartFrom: areApart ? otherId : null };
  }

  function candidateContact(contact: ContactRecord): Candidate {
    const [primary = null, ...secondary] = ownersOf(contact);
    const link = linksOf(known, contact).find(isAlive);
    return {
      id: contact.id,
      linkedTo: link?.prospectId ?? prospectMarked(contact)?.id ?? null,
      prefers: preferredOwner(primary, secondary),
    };
  }

  function candidateProspect(id: string): Candidate {
    const prospect = known.prospects.get(id);
    const emails = prospect?.emails ?? [];
    const [primary = null, ...secondary] = emails.map(
      (email) => known.contactByKey.get(matchKey(email))?.id ?? null,
    );
    const link = known.links.find((other) => other.prospectId === id && isAlive(other));
    const bearer = prospect && contactMarked(prospect);
    return {
      id,
      linkedTo: link?.contactId ?? bearer?.id ?? null,
      prefers: preferredOwner(primary, secondary),
    };
  }

  /** Prospect id → the contact that carries it. */
  function markedContacts(): Map<string, ContactRecord> {
    const found = new Map<string, ContactRecord>();
    for (const contact of known.contacts.values()) {
      const named = reader.markOf(contact);
      if (named) found.set(named, contact);
    }
    return found;
  }

  function contactMarked(prospect: ProspectRecord): ContactRecord | null {
    const contact = marked.get(prospect.id);
    return contact && areMarked(prospect, contact) ? contact : null;
  }

  function prospectMarked(contact: ContactRecord): ProspectRecord | null {
    const prospect = known.prospects.get(reader.markOf(contact) ?? "");
    return prospect && areMarked(prospect, contact) ? prospect : null;
  }

  function areMarked(prospect: ProspectRecord, contact: ContactRecord): boolean {
    const partners = {
      prospect:
        known.links.find((link) => link.prospectId === prospect.id && isAlive(link))?.contactId ?? null,
      contact: linksOf(known, contact).find(isAlive)?.prospectId ?? null,
    };
    return holdsByMark({ partners, keptApart: said.areKeptApart(prospect, contact) });
  }

  /** A link to a record that was removed holds nobody: its partner may find another one. */
  function deadLinks(prospect: ProspectRecord | null, contact: ContactRecord | null): string[] {
    if (!prospect || !contact) return [];
    const theirs = known.links.filter(({ prospectId }) => prospectId === prospect.id);
    return [...theirs, ...linksOf(known, contact)].filter((link) => !isAlive(link)).map(({ id }) => id);
  }

  function isAlive(link: LinkRow): boolean {
    const { prospectId, contactId } = link;
    const holds = known.contacts.has(contactId) || known.erasedContactIds.has(contactId);
    return known.prospects.has(prospectId) && holds && !said.isGivenUp(link);
  }

  function ownersOf(contact: ContactRecord): (string | null)[] {
    return reader.matchKeysOf(contact).map((key) => known.prospectIdByKey.get(key) ?? null);
  }
}

const nobody: RecordPair = {
  prospect: null,
  contact: null,
  link: null,
  dispute: null,
  apartFrom: null,
  outlived: false,
  givenUp: false,
  deadLinkIds: [],
};
