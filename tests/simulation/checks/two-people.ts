import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { type MappedField, policyOf } from "../settings";
import { sameMeaning } from "../values";
import type { World } from "../world";
import type { FinalState } from "./final-state";
import { entriesOf, type Journal } from "./journal";
import { isUndone } from "./undone";

/**
 * A person is asked only where two people wrote: of two values that stand against each other since the sides last
 * agreed, each was typed on its own side. A value of ours is never somebody's opinion.
 */
export function checkTwoPeople(world: World, state: FinalState, journal: Journal): string[] {
  return state.conflicts.flatMap(({ kind, linkId, field, base, snov, hubspot }) => {
    const link = state.links.find(({ id }) => id === linkId);
    // What a merge brought along, or an earlier partner, was typed under another id.
    if (kind !== "value" || base === null || !link || !isFirstPair(world, state, link)) return [];
    if (policyOf(world.settings, field) !== "ask") return [];
    const sides = [
      { side: "snov", id: link.prospectId, value: snov },
      { side: "hubspot", id: link.contactId, value: hubspot },
    ] as const;
    // What an undo left apart stands on one side as the other one's people wrote it.
    const isApart = sides.some(({ side }) =>
      isUndone(state, { prospectId: link.prospectId, side, field: field[side] }),
    );
    return sides
      .filter(({ side, value }) => !isPutBack(state, link.prospectId, side, field, value))
      .filter(({ value, ...own }) =>
        (isApart ? sides : [own]).every(({ side, id }) => !isTyped(journal, side, id, field, value)),
      )
      .map(
        ({ side, id, value }) =>
          `${field[side]} of ${side} ${id}: nobody wrote ${JSON.stringify(value)} there, and yet it stands in a conflict`,
      );
  });
}

/** Whoever has an undo put it back has said that it is to be so, be it nothing. */
function isPutBack(
  state: FinalState,
  prospectId: string,
  side: Side,
  field: MappedField,
  value: Value,
): boolean {
  const change = ({ after }: { after: Value }) => sameMeaning(field, after, value);
  return isUndone(state, { prospectId, side, field: field[side], change });
}

function isFirstPair(
  world: World,
  { pairs }: FinalState,
  { prospectId, contactId }: { prospectId: string; contactId: string },
): boolean {
  const merged = world.contacts
    .ids()
    .some((id) => id !== contactId && world.account.contacts.get(id)?.id === contactId);
  const known = pairs.filter((pair) => pair.prospectId === prospectId || pair.contactId === contactId);
  return known.length === 1 && !merged;
}

function isTyped(journal: Journal, side: Side, id: string, field: MappedField, value: Value): boolean {
  const entries = entriesOf(journal, side, id, field);
  return (
    entries.length === 0 ||
    entries.some(({ by, value: typed }) => by !== "app" && sameMeaning(field, typed, value))
  );
}
