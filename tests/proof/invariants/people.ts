import fc from "fast-check";
import { heirOf, pairByAddress, preferredOwner } from "@/sync/identity";
import { type Both, otherSide, type Side, sides } from "@/sync/side";
import type { Invariant } from "../cases/case";

/** Everybody of a page, on both sides, by the addresses they own; the first one is the primary address. */
export type People = {
  owned: Both<Record<string, string[]>>;
  /** Ids of a prospect and a contact that are linked. */
  links: [string, string][];
  order: string[];
  otherOrder: string[];
  claimants: { id: string; partner: string }[];
  survivor: { id: string; primaryOwner: string | null };
};

const names: Both<string[]> = { snov: ["p1", "p2", "p3"], hubspot: ["c1", "c2", "c3"] };
const everybody = [...names.snov, ...names.hubspot];
const addresses = ["a", "b", "c", "d", "e"];

/** Per address its owner (3: nobody owns it), and per record how far its addresses are turned. */
const owners = fc.tuple(
  fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }),
  fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
);
const ranks = fc.array(fc.nat(1000), { minLength: 6, maxLength: 6 });

export const peoplePages: fc.Arbitrary<People> = fc
  .tuple(owners, owners, fc.array(fc.nat(2), { maxLength: 2 }), ranks, fc.nat(3), fc.nat(6), fc.nat(3))
  .map(([snov, hubspot, linked, order, claimants, survivor, owner]) => ({
    owned: { snov: ownedBy(names.snov, snov), hubspot: ownedBy(names.hubspot, hubspot) },
    links: linksOf(linked),
    order: everybody,
    otherOrder: [...everybody].sort((a, b) => rank(order, a) - rank(order, b)),
    claimants: names.snov
      .slice(0, claimants)
      .map((id, index) => ({ id, partner: names.hubspot[index] ?? "" })),
    survivor: {
      id: [...names.hubspot, "c4"][survivor % 4] ?? "c4",
      primaryOwner: [...names.snov, null][owner] ?? null,
    },
  }));

function rank(order: number[], id: string): number {
  return order[everybody.indexOf(id)] ?? 0;
}

function ownedBy(ids: string[], [owner, turns]: [number[], number[]]): Record<string, string[]> {
  return Object.fromEntries(
    ids.map((id, index) => {
      const mine = addresses.filter((_, address) => owner[address] === index);
      const by = mine.length ? (turns[index] ?? 0) % mine.length : 0;
      return [id, [...mine.slice(by), ...mine.slice(0, by)]];
    }),
  );
}

/** The first prospect with the contact drawn first, the second with the next one, as long as it is free. */
function linksOf(drawn: number[]): [string, string][] {
  const links: [string, string][] = [];
  for (const [index, gene] of drawn.entries()) {
    const contact = names.hubspot[gene] ?? "";
    if (!links.some(([, taken]) => taken === contact)) links.push([names.snov[index] ?? "", contact]);
  }
  return links;
}

type World = { owned: Both<Record<string, string[]>>; links: [string, string][] };

const onePartner: Invariant<People> = {
  name: "one partner",
  says: "One e-mail address never gives two records on one side, and two records never get one partner.",
  check({ owned, links }) {
    const world = { owned, links };
    for (const side of sides) {
      const wanted = new Map<string, string>();
      for (const id of names[side]) {
        if (partnerOf(world, id)) continue;
        const pairing = pair(world, side, id);
        if (pairing.kind === "alone" && ownersOf(world, otherSide(side), owned[side][id] ?? []).length)
          return `${id} is alone, and somebody has its address`;
        if (pairing.kind !== "pair") continue;
        if (partnerOf(world, pairing.id)) return `${id} gets ${pairing.id}, which has a partner`;
        const rival = wanted.get(pairing.id);
        if (rival) return `${rival} and ${id} both get ${pairing.id}`;
        wanted.set(pairing.id, id);
      }
    }
    return null;
  },
};

const anyOrder: Invariant<People> = {
  name: "order of notices",
  says: "Order and repetition of notices do not change the result.",
  check(people) {
    const one = outcome(people, people.order);
    const two = outcome(people, [...people.otherOrder, ...people.order]);
    return one === two ? null : `${one} in one order, ${two} in another`;
  },
};

const heirs: Invariant<People> = {
  name: "heir of a merge",
  says: "Of those whose partners were merged, at most one goes on, whoever is asked first.",
  check({ claimants, survivor }) {
    const heir = heirOf(claimants, survivor);
    if (heirOf([...claimants].reverse(), survivor) !== heir) return "depends on the order";
    if (heir === null) {
      const certain = claimants.filter(
        ({ id, partner }) => partner === survivor.id || id === survivor.primaryOwner,
      );
      return certain.length || claimants.length === 1 ? "nobody goes on, though it is certain who" : null;
    }
    return claimants.some(({ id }) => id === heir) ? null : `${heir} was not among them`;
  },
};

/** Looks at everybody in turn, links and creates as it goes, and says who belongs to whom. */
function outcome({ owned, links }: People, order: string[]): string {
  const world: World = {
    owned: { snov: { ...owned.snov }, hubspot: { ...owned.hubspot } },
    links: [...links],
  };
  for (const id of order) {
    const side: Side = names.snov.includes(id) ? "snov" : "hubspot";
    const [primary] = owned[side][id] ?? [];
    if (partnerOf(world, id) || primary === undefined) continue;
    const pairing = pair(world, side, id);
    if (pairing.kind === "disputed") continue;
    const partner = pairing.kind === "pair" ? pairing.id : `new partner of ${id}`;
    if (pairing.kind === "alone") world.owned[otherSide(side)][partner] = [primary];
    world.links.push(side === "snov" ? [id, partner] : [partner, id]);
  }
  return world.links
    .map((link) => link.join("="))
    .sort()
    .join(" ");
}

function pair(world: World, side: Side, id: string) {
  const mine = world.owned[side][id] ?? [];
  const there = otherSide(side);
  const candidate = (owner: string) => {
    const [primary, ...secondary] = world.owned[there][owner] ?? [];
    return {
      id: owner,
      linkedTo: partnerOf(world, owner),
      prefers: preferredOwner(
        primary === undefined ? null : ownerOf(world, side, primary),
        secondary.map((address) => ownerOf(world, side, address)),
      ),
    };
  };
  const [primary, ...secondary] = mine;
  const owner = primary === undefined ? null : ownerOf(world, there, primary);
  return pairByAddress(side, id, {
    primary: owner === null ? null : candidate(owner),
    secondary: ownersOf(world, there, secondary).map(candidate),
  });
}

function ownerOf({ owned }: World, side: Side, address: string): string | null {
  return Object.keys(owned[side]).find((id) => owned[side][id]?.includes(address)) ?? null;
}

function ownersOf(world: World, side: Side, all: string[]): string[] {
  return all.map((address) => ownerOf(world, side, address)).filter((owner) => owner !== null);
}

function partnerOf({ links }: World, id: string): string | null {
  const link = links.find((one) => one.includes(id));
  return link?.find((one) => one !== id) ?? null;
}

export const peopleInvariants: Invariant<People>[] = [onePartner, anyOrder, heirs];
