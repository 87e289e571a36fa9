import type { ProspectRecord } from "@/connectors/prospects/prospect-record";
import { type Candidate, heirOf, pairByAddress, preferredOwner } from "@/sync/identity";
import { matchKey } from "@/sync/match-key";
import type { DisputeOfTwo } from "@/sync/record-plan";
import type { ClaimedRecord } from "./claim-pending";
import type { ContactReader } from "./contact-reader";
import { type Gathered, linksOf } from "./gather-records";
import type { IsKeptApart } from "./kept-apart";
import type { ContactRecord, LinkRow, RecordPair } from "./record-work";

export type Asked = Pick<ClaimedRecord, "side" | "recordId">;
export type ClaimedPair<C extends Asked = ClaimedRecord> = RecordPair & { claimed: C[] };

/** What was claimed, as pairs: each pair once, with everything of the page that asks for it. */
export function pairRecords<C extends Asked>(
  known: Gathered,
  reader: Pick<ContactReader, "matchKeysOf">,
  claimed: C[],
  isKeptApart: IsKeptApart,
): ClaimedPair<C>[] {
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

  /** Two that are kept apart are looked at together, each for itself: what is true of one holds for the other. */
  function pairsOf({ side, recordId }: Asked): RecordPair[] {
    const found = side === "snov" ? [pairOfProspect(recordId)] : pairsOfContact(recordId);
    const others = found.flatMap(({ prospect, apartFrom, dispute }) => {
      if (!apartFrom || dispute) return [];
      return prospect ? pairsOfContact(apartFrom) : [pairOfProspect(apartFrom)];
    });
    return [...found, ...others];
  }

  function pairOfProspect(id: string): RecordPair {
    const link = known.links.find(({ prospectId }) => prospectId === id);
    return link ? pairFrom(link) : pairOfProspectAddresses(id);
  }

  function pairOfProspectAddresses(id: string): RecordPair {
    const prospect = known.prospects.get(id) ?? null;
    if (!prospect) return { ...nobody, prospect };
    const contacts = prospect.emails.map((email) => known.contactByKey.get(matchKey(email)) ?? null);
    const [primary = null, ...secondary] = contacts.map((contact) => contact && candidateContact(contact));
    const pairing = pairByAddress("snov", id, { primary, secondary: secondary.filter((c) => c !== null) });
    if (pairing.kind === "disputed") return inDispute({ ...nobody, prospect }, pairing.dispute);
    const contact = pairing.kind === "pair" ? (known.contacts.get(pairing.id) ?? null) : null;
    if (contact && areKeptApart(prospect, contact)) return { ...nobody, prospect, apartFrom: contact.id };
    return { ...nobody, prospect, contact, deadLinkIds: deadLinks(prospect, contact) };
  }

  function pairsOfContact(id: string): RecordPair[] {
    const contact = known.contacts.get(id) ?? null;
    const links = contact ? linksOf(known, contact) : known.links.filter(({ contactId }) => contactId === id);
    if (links.length) return links.map(pairFrom);
    return [contact ? pairOfContactAddresses(contact) : nobody];
  }

  /** Of a pair that lost one record, the other one may have found a new partner already. */
  function pairFrom(link: LinkRow): RecordPair {
    const pair = pairOfLink(link);
    if (isAlive(link) || pair.outlived) return pair;
    const contact = known.contacts.get(link.contactId);
    const found = contact ? pairOfContactAddresses(contact) : pairOfProspectAddresses(link.prospectId);
    return found.prospect && found.contact ? found : pair;
  }

  function pairOfContactAddresses(contact: ContactRecord): RecordPair {
    const owners = reader.matchKeysOf(contact).map((key) => known.prospectIdByKey.get(key) ?? null);
    const [primary = null, ...secondary] = owners.map((owner) => (owner ? candidateProspect(owner) : null));
    const pairing = pairByAddress("hubspot", contact.id, {
      primary,
      secondary: secondary.filter((candidate) => candidate !== null),
    });
    if (pairing.kind === "disputed") return inDispute({ ...nobody, contact }, pairing.dispute);
    const prospect = pairing.kind === "pair" ? (known.prospects.get(pairing.id) ?? null) : null;
    if (prospect && areKeptApart(prospect, contact)) return { ...nobody, contact, apartFrom: prospect.id };
    return { ...nobody, contact, prospect, deadLinkIds: deadLinks(prospect, contact) };
  }

  /** A contact that was merged goes on with one of those who are linked to it; a prospect that is gone has no claim. */
  function pairOfLink(link: LinkRow): RecordPair {
    const prospect = known.prospects.get(link.prospectId) ?? null;
    const contact = known.contacts.get(link.contactId) ?? null;
    const pair = { ...nobody, prospect, contact, link };
    const claimants = contact
      ? linksOf(known, contact).filter(({ prospectId }) => known.prospects.has(prospectId))
      : [];
    if (!contact || !claimants.some((other) => other.id !== link.id)) return pair;
    if (!prospect) return { ...pair, contact: null, outlived: true };
    const heir = heirOf(
      claimants.map(({ prospectId, contactId }) => ({ id: prospectId, partner: contactId })),
      { id: contact.id, primaryOwner: ownersOf(contact)[0] ?? null },
    );
    if (heir === prospect.id) return pair;
    const otherId = heir ?? claimants.find(({ prospectId }) => prospectId !== prospect.id)?.prospectId ?? "";
    return inDispute({ ...pair, contact: null }, { kind: "merged", on: "snov", otherId });
  }

  function inDispute(pair: RecordPair, dispute: DisputeOfTwo): RecordPair {
    const { otherId } = dispute;
    return { ...pair, dispute, apartFrom: isKeptApart(pair, otherId) ? otherId : null };
  }

  /** Each of the two may have had a question of its own. */
  function areKeptApart(prospect: ProspectRecord, contact: ContactRecord): boolean {
    return (
      isKeptApart({ prospect, contact: null }, contact.id) ||
      isKeptApart({ prospect: null, contact }, prospect.id)
    );
  }

  function candidateContact(contact: ContactRecord): Candidate {
    const [primary = null, ...secondary] = ownersOf(contact);
    const link = linksOf(known, contact).find(isAlive);
    return {
      id: contact.id,
      linkedTo: link?.prospectId ?? null,
      prefers: preferredOwner(primary, secondary),
    };
  }

  function candidateProspect(id: string): Candidate {
    const emails = known.prospects.get(id)?.emails ?? [];
    const [primary = null, ...secondary] = emails.map(
      (email) => known.contactByKey.get(matchKey(email))?.id ?? null,
    );
    const link = known.links.find((other) => other.prospectId === id && isAlive(other));
    return { id, linkedTo: link?.contactId ?? null, prefers: preferredOwner(primary, secondary) };
  }

  /** A link to a record that was removed holds nobody: its partner may find another one. */
  function deadLinks(prospect: ProspectRecord | null, contact: ContactRecord | null): string[] {
    if (!prospect || !contact) return [];
    const theirs = known.links.filter(({ prospectId }) => prospectId === prospect.id);
    return [...theirs, ...linksOf(known, contact)].filter((link) => !isAlive(link)).map(({ id }) => id);
  }

  function isAlive({ prospectId, contactId }: LinkRow): boolean {
    const holds = known.contacts.has(contactId) || known.erasedContactIds.has(contactId);
    return known.prospects.has(prospectId) && holds;
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
  deadLinkIds: [],
};
