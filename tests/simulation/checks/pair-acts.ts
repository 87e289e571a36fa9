import { sides } from "@/sync/side";
import type { MappedField } from "../settings";
import type { World } from "../world";
import { contactOf, type FinalState } from "./final-state";
import { entriesOf, type Journal, sameContact } from "./journal";
import { undoneRows } from "./undone";

type Pair = { prospectId: string; contactId: string };

/** The two belonged together before that moment already, and neither ever went with another one, nor was merged. */
export function isOnlyPair(
  world: World,
  { pairs }: FinalState,
  { prospectId, contactId }: Pair,
  at: number,
): boolean {
  const merged = world.contacts.ids().some((id) => id !== contactId && sameContact(world, id, contactId));
  const ofEither = pairs.filter((pair) => pair.prospectId === prospectId || pair.contactId === contactId);
  return !merged && ofEither.length === 1 && ofEither.every(({ since }) => since < at);
}

/**
 * Such a pair, both of it there and nothing about them in dispute, and within that time neither was removed or came back,
 * and nobody touched this field of either: not by hand, nor by taking something back.
 */
export function isLeftAlone(
  world: World,
  state: FinalState,
  journal: Journal,
  pair: Pair,
  field: MappedField,
  since: number,
  until = Number.POSITIVE_INFINITY,
): boolean {
  const { prospectId, contactId } = pair;
  const isWithin = ({ at }: { at: number }) => at > since && at <= until;
  const isThere =
    state.prospects.get(prospectId)?.live === true && contactOf(world, state, contactId)?.live === true;
  const isDisputed = state.disputed.has(`snov ${prospectId}`) || state.disputed.has(`hubspot ${contactId}`);
  if (!isOnlyPair(world, state, pair, since) || !isThere || isDisputed) return false;
  const moved = [
    ...world.contacts.changes.filter((one) => one.contactId === contactId && one.kind !== "edited"),
    ...[...state.restored, ...state.trashed, ...state.trashedByPeople].filter(
      (one) => one.prospectId === prospectId,
    ),
    ...sides.flatMap((side) =>
      entriesOf(journal, side, side === "snov" ? prospectId : contactId, field).filter(
        ({ by }) => by !== "app",
      ),
    ),
    ...sides.flatMap((side) => undoneRows(state, { prospectId, side, field: field[side] })),
  ];
  return !moved.some(isWithin);
}

/** Before what was done at that moment had been looked at: when the earliest of the pages had begun that were at work. */
export function lookBefore({ turns }: World, at: number): number {
  return Math.min(at, ...turns.filter(({ from, to }) => from <= at && at <= to).map(({ from }) => from));
}

/** What we wrote then was written in a turn that was not carried through: it may be there without our knowing. */
export function isUnconfirmed({ turns }: World, { at, by }: { at: number; by: string }): boolean {
  return by === "app" && turns.some(({ from, to, disturbed }) => disturbed && from <= at && at <= to);
}
