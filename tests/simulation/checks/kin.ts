import type { Side } from "@/sync/side";
import type { World } from "../world";
import { contactOf, type FinalState } from "./final-state";

/** A record that is there, with its addresses, and whom it is linked with. */
type Kin = { side: Side; id: string; emails: string[]; partners: string[] };

/** All that can be met from a record over shared addresses and links, itself included: `snov <id>`, `hubspot <id>`. */
export function kinOf(world: World, state: FinalState, side: Side, id: string): Set<string> {
  const records = kinsOf(world, state);
  const found = new Set([`${side} ${id}`]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const record of records)
      if (records.some((other) => found.has(nameOf(other)) && areKin(record, other)))
        found.add(nameOf(record));
  }
  return found;
}

export function keyOf(address: unknown): string {
  return String(address).trim().toLowerCase();
}

function kinsOf(world: World, state: FinalState): Kin[] {
  const links = state.links.map(({ prospectId, contactId }) => ({
    prospect: `snov ${prospectId}`,
    contact: `hubspot ${contactOf(world, state, contactId)?.id ?? contactId}`,
  }));
  const kin = (side: Side, records: Iterable<{ id: string; live: boolean; emails: string[] }>) =>
    [...records]
      .filter(({ live }) => live)
      .map(({ id, emails }) => ({
        side,
        id,
        emails: emails.map(keyOf),
        partners: links.flatMap(({ prospect, contact }) =>
          prospect === `${side} ${id}` ? [contact] : contact === `${side} ${id}` ? [prospect] : [],
        ),
      }));
  return [...kin("snov", state.prospects.values()), ...kin("hubspot", state.contacts.values())];
}

function areKin(one: Kin, other: Kin): boolean {
  return one.partners.includes(nameOf(other)) || one.emails.some((email) => other.emails.includes(email));
}

function nameOf({ side, id }: Kin): string {
  return `${side} ${id}`;
}
