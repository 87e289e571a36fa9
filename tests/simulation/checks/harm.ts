import { defaultFuses } from "@/sync/fuses";
import { type Side, sides } from "@/sync/side";
import type { MappedField } from "../settings";
import { blank, sameMeaning } from "../values";
import type { World } from "../world";
import { isChosen } from "./choices";
import type { FinalState } from "./final-state";
import { type Entry, entriesOf, type Journal, sameContact } from "./journal";
import { undoneRows } from "./undone";

/**
 * A fuse stops the integration before harm: within its window no more is taken away than its limit allows, until a
 * person says so.
 */
export function checkHarm(world: World, state: FinalState, journal: Journal): string[] {
  return [
    ...beyond(world, "removals", removalsIn(world, state)),
    ...beyond(world, "blankings", blankingsIn(world, state, journal)),
  ];
}

type Harm = { at: number; side: Side; id: string; what: string };

const msPerMinute = 60_000;

function beyond(world: World, kind: "removals" | "blankings", harms: Harm[]): string[] {
  const { [kind]: limit = defaultFuses[kind], windowMinutes = defaultFuses.windowMinutes } =
    world.settings.fuses;
  const allowed = world.fuseReplies.filter((given) => given.kind === kind && given.answer === "continue");
  const unasked = harms.filter(({ at }) => !allowed.some((given) => given.at < at));
  if (limit === 0) return unasked.map(({ what }) => `${what}, and nobody was asked`);
  return unasked.flatMap((harm) => {
    const turn = turnOf(world, harm.at);
    const counted = unasked.filter(
      (one) =>
        one.side === harm.side &&
        one.at > harm.at - windowMinutes * msPerMinute &&
        isCountedBefore(turnOf(world, one.at), turn),
    );
    const own = unasked.filter((one) => one.side === harm.side && turn && turnOf(world, one.at) === turn);
    const records = new Set([...counted, ...own].map(({ at, id }) => `${turnOf(world, at)?.from} ${id}`));
    return own.length && records.size > limit
      ? [`${harm.what}, as ${records.size} within ${windowMinutes} minutes, and nobody was asked`]
      : [];
  });
}

type Turn = World["turns"][number];

/** A page counts what it took away when it commits: not before its end, and never where it died. */
function isCountedBefore(one: Turn | undefined, later: Turn | undefined): boolean {
  return one !== undefined && later !== undefined && one.isDone && one.to < later.from;
}

/** Two workers may be in the middle of a page: the one that began last acts. */
function turnOf({ turns }: World, at: number): Turn | undefined {
  return turns.findLast(({ from, to }) => from <= at && at <= to);
}

function removalsIn(world: World, state: FinalState): Harm[] {
  const { activities, trashed } = state;
  const removed = ["contact/archived", "prospect/trashed"];
  const chosen = [
    ...activities.filter(({ cause }) => isChosen(world, cause)),
    ...undoneRows(state, {}).filter(({ kind }) => removed.includes(kind)),
  ];
  const contacts = world.contacts.changes
    .filter(({ by, kind }) => by === "app" && kind === "archived")
    .filter(
      ({ contactId }) => !chosen.some((row) => row.contactId && sameContact(world, row.contactId, contactId)),
    )
    .map(({ at, contactId }) => ({
      at,
      side: "hubspot" as const,
      id: contactId,
      what: `contact ${contactId} was archived`,
    }));
  const prospects = trashed
    .filter(({ prospectId }) => !chosen.some((row) => row.prospectId === prospectId))
    .map(({ at, prospectId }) => ({
      at,
      side: "snov" as const,
      id: prospectId,
      what: `prospect ${prospectId} was trashed`,
    }));
  return [...contacts, ...prospects];
}

function blankingsIn(world: World, state: FinalState, journal: Journal): Harm[] {
  const ids = { snov: [...state.prospects.keys()], hubspot: world.contacts.ids() };
  return world.settings.fields.flatMap((field) =>
    sides.flatMap((side) => ids[side].flatMap((id) => emptied(world, state, journal, { field, side, id }))),
  );
}

function emptied(
  world: World,
  state: FinalState,
  journal: Journal,
  { field, side, id }: { field: MappedField; side: Side; id: string },
): Harm[] {
  const isChosenBlank = state.activities.some(
    (row) =>
      (side === "snov" ? row.prospectId : row.contactId) === id &&
      row.side === side &&
      (isChosen(world, row.cause) || row.cause.kind === "undo") &&
      row.changes.some((change) => change.field === field[side] && blank(change.after)),
  );
  if (isChosenBlank || isAllowedBlank(world, state, field, side, id)) return [];
  return entriesOf(journal, side, id, field).flatMap(({ at, by, value }, index, entries) => {
    const replaced = entries[index - 1];
    const isHarm =
      by === "app" && blank(value) && replaced && replaced.by !== "app" && !blank(replaced.value);
    return isHarm &&
      !isPutBack(world, field, replaced, entries.slice(index)) &&
      !isChosenEmpty(world, field, id, at)
      ? [{ at, side, id, what: `${field[side]} of ${side} ${id} was emptied` }]
      : [];
  });
}

/** An undo that somebody allowed had said so; no activity tells of it where a person typed over it at that moment. */
function isAllowedBlank(
  { undos }: World,
  { pairs }: FinalState,
  field: MappedField,
  side: Side,
  id: string,
): boolean {
  const ids = [id, ...pairs.filter(({ contactId }) => contactId === id).map(({ prospectId }) => prospectId)];
  return undos.some(({ shown = [] }) =>
    shown.some(
      ({ prospectId, changes }) =>
        ids.includes(prospectId) &&
        changes.some((change) => change.side === side && change.field === field[side] && blank(change.after)),
    ),
  );
}

/** It was typed between our read and our write, and the same turn has brought it back, whatever was typed under that. */
function isPutBack(world: World, field: MappedField, replaced: Entry, [emptied, ...later]: Entry[]): boolean {
  const turn = emptied && turnOf(world, emptied.at);
  return later.some(
    ({ at, by, value }) =>
      by === "app" && sameMeaning(field, value, replaced.value) && turnOf(world, at) === turn,
  );
}

/** Chosen before, and no activity tells of it where a person typed over it again, or it stands in dispute. */
function isChosenEmpty(world: World, field: MappedField, id: string, at: number): boolean {
  return world.choices.some(
    (made) =>
      made.at < at &&
      made.field === field &&
      [made.recordId, made.contactId].includes(id) &&
      ((made.choice.kind === "value" && blank(made.choice.value)) ||
        (made.choice.kind === "take" && blank(made[made.choice.side]))),
  );
}
