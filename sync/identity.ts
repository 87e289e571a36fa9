import type { DisputeOfTwo } from "./record-plan";
import type { Side } from "./side";

/**
 * Which record of the other side a record belongs to. Its invariants:
 * - nothing is guessed: where the addresses do not single out one record, a person decides;
 * - the answer does not depend on the order in which records are looked at: two that want the same partner
 *   are told apart by the partner's own addresses, primary before secondary;
 * - a record that has a partner is never given a second one.
 */
export type Pairing =
  | { kind: "alone" }
  | { kind: "pair"; id: string }
  | { kind: "disputed"; dispute: DisputeOfTwo };

/** A record of the other side that owns one of the looked-at record's addresses. */
export type Candidate = {
  id: string;
  /** The record it is linked with. */
  linkedTo: string | null;
  /** The record that owns its addresses: that of the primary one, else the only one among the others; null where that is several. */
  prefers: string | null;
};

export type Candidates = {
  /** Owner of the primary address. */
  primary: Candidate | null;
  /** Owners of the secondary addresses. */
  secondary: Candidate[];
};

/** Pairs a record of `side` that has no link. */
export function pairByAddress(side: Side, id: string, { primary, secondary }: Candidates): Pairing {
  const [first, ...others] = primary ? [primary] : distinct(secondary);
  if (!first) return { kind: "alone" };
  const free = first.linkedTo === null || first.linkedTo === id;
  return others.length || !free || first.prefers !== id
    ? { kind: "disputed", dispute: { kind: "same_address", on: side, otherId: first.id } }
    : { kind: "pair", id: first.id };
}

/** Two that a mark of ours names as the same, neither of which has a link to the other. */
export type Marked = {
  /** The living record that each is linked with. */
  partners: { prospect: string | null; contact: string | null };
  /** By a person. */
  keptApart: boolean;
};

/** Whether a mark may say who belongs together: never against a link, nor against a person. Else the addresses are asked. */
export function holdsByMark({ partners, keptApart }: Marked): boolean {
  return partners.prospect === null && partners.contact === null && !keptApart;
}

/** Whom a record prefers by its addresses, from their owners. */
export function preferredOwner(primary: string | null, secondary: (string | null)[]): string | null {
  if (primary !== null) return primary;
  const owners = new Set(secondary.filter((owner) => owner !== null));
  const [only] = owners.size === 1 ? owners : [];
  return only ?? null;
}

/** A record whose partner was merged into the survivor; `partner` is the id its link holds. */
export type Claimant = { id: string; partner: string };

/**
 * Who goes on with a merged record: the one whose link names it already, else the one that owns its primary
 * address. Null where neither is certain: then all of them wait.
 */
export function heirOf(
  claimants: Claimant[],
  survivor: { id: string; primaryOwner: string | null },
): string | null {
  const [only, ...others] = claimants;
  if (only && !others.length) return only.id;
  const named = claimants.find(({ partner }) => partner === survivor.id);
  const owner = claimants.find(({ id }) => id === survivor.primaryOwner);
  return (named ?? owner)?.id ?? null;
}

function distinct(candidates: Candidate[]): Candidate[] {
  return [...new Map(candidates.map((candidate) => [candidate.id, candidate])).values()];
}
