import { and, eq, inArray, isNull, or } from "drizzle-orm";
import type { ProspectRecord } from "@/connectors/prospects/prospect-record";
import type { Db } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { matchKey } from "@/sync/match-key";
import { sides } from "@/sync/side";
import { contactKeys } from "./contact-keys";
import { type Gathered, namesOf } from "./gather-records";
import type { ContactRecord, LinkRow, RecordPair } from "./record-work";

/**
 * What people say of who is who. Its invariants:
 * - whoever of the two had the question, the answer is about both;
 * - it holds until an address of the record changes that had it; those that a merge in HubSpot adds are no change;
 * - a contact is also those that were merged into it;
 * - after a merge it takes from the prospect its claim to the contact, for good.
 */
export type SaidApart = {
  areKeptApart(prospect: ProspectRecord, contact: ContactRecord): boolean;
  /** A person said that the contact, which was merged into another prospect's, is not this one's. */
  isGivenUp(link: LinkRow): boolean;
  /** With which prospect the link was found to have one contact after a merge, which nobody has answered yet. */
  askedOf(link: LinkRow): string | null;
};

export const nothingSaid: SaidApart = {
  areKeptApart: () => false,
  isGivenUp: () => false,
  askedOf: () => null,
};

export async function readSaidApart(
  db: Db,
  integrationId: string,
  { prospects, contacts, links }: Pick<Gathered, "prospects" | "contacts" | "links">,
): Promise<SaidApart> {
  const ids = [
    ...prospects.keys(),
    ...links.map(({ prospectId }) => prospectId),
    ...[...contacts.values()].flatMap(namesOf),
  ];
  const rows = await db
    .select({
      recordId: conflicts.recordId,
      otherId: conflicts.otherId,
      kind: conflicts.kind,
      outcome: conflicts.outcome,
      detail: conflicts.detail,
    })
    .from(conflicts)
    .where(
      and(
        eq(conflicts.integrationId, integrationId),
        inArray(conflicts.side, [...sides]),
        inArray(conflicts.recordId, [...new Set(ids)]),
        or(eq(conflicts.outcome, "apart"), and(isNull(conflicts.closedAt), eq(conflicts.kind, "merged"))),
      ),
    );
  const kept = rows.filter(({ outcome }) => outcome === "apart");
  const merged = rows.filter(({ kind }) => kind === "merged");
  const about = ({ prospectId, contactId }: LinkRow) =>
    merged.filter(({ recordId, detail }) => recordId === prospectId && detail.mergedContactId === contactId);

  return {
    areKeptApart(prospect, contact) {
      const names = namesOf(contact);
      const ours = ownKeys({ prospect, contact: null });
      const theirs = ownKeys({ prospect: null, contact });
      return kept.some(({ recordId, otherId, detail: { addresses = [], mergedContactId = "" } }) => {
        const isAbout = (id: string | null) => id !== null && names.includes(id);
        if (recordId === prospect.id)
          return (isAbout(otherId) || isAbout(mergedContactId)) && sameKeys(addresses, ours);
        if (!names.includes(recordId) || otherId !== prospect.id) return false;
        return recordId === contact.id ? sameKeys(addresses, theirs) : hasKeys(theirs, addresses);
      });
    },
    isGivenUp: (link) => about(link).some(({ outcome }) => outcome === "apart"),
    askedOf: (link) => about(link).find(({ outcome }) => outcome !== "apart")?.otherId ?? null,
  };
}

/** The addresses over which a record meets others. */
export function ownKeys({ prospect, contact }: Pick<RecordPair, "prospect" | "contact">): string[] {
  return [...new Set([...(prospect?.emails ?? []).map(matchKey), ...(contact ? contactKeys(contact) : [])])];
}

function sameKeys(some: string[], others: string[]): boolean {
  return hasKeys(some, others) && hasKeys(others, some);
}

function hasKeys(all: string[], some: string[]): boolean {
  return some.every((key) => all.includes(key));
}
