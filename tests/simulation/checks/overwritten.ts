import type { Value } from "@/sync/value";
import { tolerated } from "../expectations";
import { type MappedField, mayWrite } from "../settings";
import { asHubspotValue, blank, readHubspot, sameMeaning } from "../values";
import { policyAt, type World } from "../world";
import { isChosen } from "./choices";
import type { Activity, FinalState } from "./final-state";
import { type Entry, entriesOf, formerIdsOf, type Journal, sameContact } from "./journal";
import { undoneRows } from "./undone";

/**
 * No person's value disappears without a policy, a resolution or an activity row that holds it.
 *
 * The journals say what every field of both sides held, and who put it there, seen from below all services. Whenever
 * a write of ours replaces a value that a person had typed (a blank is a value too), two things must hold:
 *
 * 1. An activity row of that side, record and field has the replaced value as its `before`. So it can be found and
 *    brought back, whatever became of it.
 * 2. Where the field travels both ways and no policy decides, the two sides had agreed on the replaced value before, or one of them was
 *    empty and they had never agreed: what replaces it was typed later, by somebody who saw it. Otherwise two people
 *    typed side by side, and that is a conflict which waits for a choice, not a write.
 *
 * Where HubSpot was written over something that nobody had read yet, putting it back makes up for both; once a
 * person has typed over it again, the activity is enough.
 *
 * What a person replaces on their own side they saw: the forms of both sides refuse to overwrite what was not seen.
 * What disappears with a record (trash, archive, merge, privacy deletion) went by a person's act on that record.
 */
export function checkOverwritten(world: World, state: FinalState, journal: Journal): string[] {
  return world.settings.fields.flatMap((field) =>
    (["snov", "hubspot"] as const).flatMap((side) =>
      recordsOf(journal, side, field)
        .filter(({ id }) => !isErased(world, state, side, id))
        .flatMap(({ id, entries }) =>
          entries.flatMap((entry, at) => {
            const replaced = entries[at - 1];
            if (entry.by !== "app" || !replaced || replaced.by === "app") return [];
            const next = entries[at + 1];
            if (next?.by === "app" && sameMeaning(field, next.value, replaced.value)) return [];
            if (saidAlready(field, entries, at)) return [];
            const what = `${field[side]} of ${side} ${id}: ${show(replaced.value)} by ${replaced.by}, replaced by ${show(entry.value)}`;
            return [
              ...(isHeld(state, world, journal, side, id, field, replaced, entry)
                ? []
                : [`${what}: no activity holds it`]),
              ...((next && next.by !== "app") ||
              mayReplace(world, state, journal, side, id, field, replaced, entry)
                ? []
                : [`${what}: the sides had not agreed on it before`]),
            ];
          }),
        ),
    ),
  );
}

/** What we wrote over something else was typed there just before, in another form: nothing is lost by that. */
function saidAlready(field: MappedField, entries: Entry[], at: number): boolean {
  const [read, replaced, written] = entries.slice(Math.max(0, at - 2), at + 1);
  if (!read || !replaced || !written) return false;
  return sameMeaning(field, written.value, replaced.value) && !sameMeaning(field, written.value, read.value);
}

/** A privacy deletion takes the activities with it. */
function isErased(world: World, state: FinalState, side: Side, id: string): boolean {
  return side === "snov" ? !state.prospects.has(id) : world.account.contacts.get(id) === undefined;
}

type Side = "snov" | "hubspot";

function recordsOf(journal: Journal, side: Side, field: MappedField): { id: string; entries: Entry[] }[] {
  const [start, end] = [`${side} `, ` ${field[side]}`];
  return [...journal]
    .filter(([key]) => key.startsWith(start) && key.endsWith(end))
    .map(([key, entries]) => ({ id: key.slice(start.length, -end.length), entries }));
}

function isHeld(
  state: FinalState,
  world: World,
  journal: Journal,
  side: Side,
  id: string,
  field: MappedField,
  replaced: Entry,
  by: Entry,
): boolean {
  const rows = state.activities.filter((row) => row.side === side && isOf(world, row, side, id));
  const holds = rows.some(({ changes }) =>
    changes.some(
      (change) => change.field === field[side] && sameMeaning(field, change.before, replaced.value),
    ),
  );
  return holds || outOfReach(world, state, journal, side, id, by.at);
}

/** A pair that came apart or into dispute before we could look under our own write a second time. */
function outOfReach(
  world: World,
  state: FinalState,
  journal: Journal,
  side: Side,
  id: string,
  at: number,
): boolean {
  if (!tolerated.outOfReachBeforeSecondLook || side === "snov") return false;
  const partners = state.pairs.filter(({ contactId }) => sameContact(world, contactId, id));
  return (
    world.account.contacts.get(id)?.id !== id ||
    world.contacts.changes.some(({ contactId, kind }) => contactId === id && kind === "archived") ||
    state.disputed.has(`hubspot ${id}`) ||
    (journal.get(`hubspot ${id} email`) ?? []).filter(({ by }) => by !== "app").length > 1 ||
    partners.length !== 1 ||
    partners.some(({ since }) => since > at) ||
    partners.some(
      ({ prospectId }) => !state.prospects.get(prospectId)?.live || state.disputed.has(`snov ${prospectId}`),
    )
  );
}

/** A contact may have been merged since: the row names the id that it had. */
function isOf(world: World, row: Activity, side: Side, id: string): boolean {
  if (side === "snov") return row.prospectId === id;
  const same = (a: string | null, b: string) =>
    a === b || (a !== null && world.account.contacts.get(a)?.id === (world.account.contacts.get(b)?.id ?? b));
  return same(row.contactId, id);
}

function mayReplace(
  world: World,
  state: FinalState,
  journal: Journal,
  side: Side,
  id: string,
  field: MappedField,
  replaced: Entry,
  by: Entry,
): boolean {
  const bothWays = mayWrite(world.settings, field, "snov") && mayWrite(world.settings, field, "hubspot");
  if (!bothWays || policyAt(world, field, by.at) !== "ask") return true;
  if (outOfReach(world, state, journal, side, id, by.at)) return true;
  if (wasChosen(world, state, side, id, field, replaced)) return true;
  if (wasUndone(world, state, side, id, field, replaced)) return true;
  if (wasDiscarded(world, side, id, field, replaced, by.at)) return true;
  if (wasNoticedAndDiscarded(world, state, journal, side, id, field, replaced, by)) return true;
  const partners = state.pairs.filter((link) =>
    side === "snov" ? link.prospectId === id : sameContact(world, link.contactId, id),
  );
  const other = side === "snov" ? "hubspot" : "snov";
  // A contact that was merged had its values under another id.
  const ids = partners.flatMap(({ prospectId, contactId }) =>
    other === "snov" ? [prospectId] : formerIdsOf(world, contactId),
  );
  const held = ids.flatMap((partner) => journal.get(`${other} ${partner} ${field[other]}`) ?? []);
  const agreed = held.some(
    ({ at, value }) =>
      at <= by.at && sameMeaning(field, shared(field, other, value), shared(field, side, replaced.value)),
  );
  return agreed || blank(replaced.value);
}

function wasChosen(
  world: World,
  state: FinalState,
  side: Side,
  id: string,
  field: MappedField,
  replaced: Entry,
): boolean {
  return state.activities.some(
    (row) => isChosen(world, row.cause) && tellsOf(world, row, side, id, field, replaced),
  );
}

/** A person took back what had brought it there. */
function wasUndone(
  world: World,
  state: FinalState,
  side: Side,
  id: string,
  field: MappedField,
  replaced: Entry,
): boolean {
  return undoneRows(state, { side }).some((row) => tellsOf(world, row, side, id, field, replaced));
}

/** A person kept it from replacing the other side's value, from whose next edit it is replaced. */
function wasDiscarded(
  { fuseReplies }: World,
  side: Side,
  id: string,
  field: MappedField,
  replaced: Entry,
  at: number,
): boolean {
  const other = side === "snov" ? "hubspot" : "snov";
  return fuseReplies.some(
    (reply) =>
      reply.answer === "discard" &&
      reply.at < at &&
      reply.samples.some(
        (sample) =>
          sample.side === other &&
          sample.field === field[other] &&
          (side === "snov" ? sample.prospectId : sample.contactId) === id &&
          sameMeaning(field, shared(field, other, sample.after), shared(field, side, replaced.value)),
      ),
  );
}

/**
 * Typed after the fuse had shown what it would do, and before somebody said to discard all that: it is among what was
 * noticed until then. Only what the other side's people typed after the answer replaces it.
 */
function wasNoticedAndDiscarded(
  world: World,
  state: FinalState,
  journal: Journal,
  side: Side,
  id: string,
  field: MappedField,
  replaced: Entry,
  by: Entry,
): boolean {
  const other = side === "snov" ? "hubspot" : "snov";
  const replies = world.fuseReplies.filter(
    ({ answer, kind, at }) => answer === "discard" && kind === "overwrites" && at > replaced.at && at < by.at,
  );
  const ids = state.pairs.flatMap(({ prospectId, contactId }) => {
    if (side === "snov") return prospectId === id ? [contactId] : [];
    return contactId === id ? [prospectId] : [];
  });
  return replies.some((reply) =>
    ids.some((partner) =>
      entriesOf(journal, other, partner, field).some(
        (entry) =>
          entry.by !== "app" &&
          entry.at > reply.at &&
          entry.at < by.at &&
          sameMeaning(field, shared(field, other, entry.value), shared(field, side, by.value)),
      ),
    ),
  );
}

function tellsOf(
  world: World,
  row: Activity,
  side: Side,
  id: string,
  field: MappedField,
  replaced: Entry,
): boolean {
  return (
    row.side === side &&
    isOf(world, row, side, id) &&
    row.changes.some(
      (change) => change.field === field[side] && sameMeaning(field, change.before, replaced.value),
    )
  );
}

function shared(field: MappedField, side: Side, value: Value): Value {
  return side === "snov"
    ? (asHubspotValue(field, value) ?? value)
    : readHubspot(field, value === null ? "" : text(value));
}

function text(value: Value): string {
  return Array.isArray(value) ? value.join(";") : String(value);
}

function show(value: unknown): string {
  return JSON.stringify(value);
}
