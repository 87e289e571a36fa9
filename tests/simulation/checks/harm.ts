import { blank } from "../values";
import type { World } from "../world";
import { isChosen } from "./choices";
import type { FinalState } from "./final-state";
import { entriesOf, type Journal } from "./journal";

/** A fuse stops the integration before harm: where nothing may be taken away, nothing is, until a person says so. */
export function checkHarm(world: World, state: FinalState, journal: Journal): string[] {
  const { removals, blankings } = world.settings.fuses;
  return [
    ...(removals === 0 ? before(world, "removals", removalsIn(world, state)) : []),
    ...(blankings === 0 ? before(world, "blankings", blankingsIn(world, state, journal)) : []),
  ];
}

type Harm = { at: number; what: string };

function before(world: World, kind: string, harms: Harm[]): string[] {
  const allowed = world.answers.filter((given) => given.kind === kind && given.answer === "continue");
  return harms
    .filter(({ at }) => !allowed.some((given) => given.at < at))
    .map(({ what }) => `${what}, and nobody was asked`);
}

function removalsIn(world: World, state: FinalState): Harm[] {
  const chosen = state.activities.filter(({ cause }) => isChosen(world, cause));
  return world.contacts.changes
    .filter(({ by, kind }) => by === "app" && kind === "archived")
    .filter(({ contactId }) => !chosen.some((row) => row.contactId === contactId))
    .map(({ at, contactId }) => ({ at, what: `contact ${contactId} was archived` }));
}

function blankingsIn(world: World, state: FinalState, journal: Journal): Harm[] {
  return world.settings.fields.flatMap((field) =>
    [...state.prospects.keys()].flatMap((id) =>
      entriesOf(journal, "snov", id, field).flatMap(({ at, by, value }, index, entries) => {
        const replaced = entries[index - 1];
        const chosen = state.activities.some(
          (row) =>
            row.prospectId === id &&
            isChosen(world, row.cause) &&
            row.changes.some((change) => change.field === field.snov && blank(change.after)),
        );
        return !chosen &&
          by === "app" &&
          blank(value) &&
          replaced &&
          replaced.by !== "app" &&
          !blank(replaced.value)
          ? [{ at, what: `${field.snov} of prospect ${id} was emptied` }]
          : [];
      }),
    ),
  );
}
