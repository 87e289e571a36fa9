import { otherSide, type Side, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { MappedField } from "../settings";
import { asHubspotValue, sameMeaning } from "../values";
import type { FuseReply, World } from "../world";
import { isChosen } from "./choices";
import type { FinalState } from "./final-state";
import { type Entry, entriesOf, type Journal, valueAt } from "./journal";
import { isOnlyPair } from "./pair-acts";
import { isUndone } from "./undone";

type Sample = FuseReply["samples"][number] & { prospectId: string; contactId: string };

/**
 * What a person discarded at a fuse is not done, as long as nobody acts again on what it hung on: a record is not
 * taken away, and a field keeps what it had. Pairs that came about later, or were merged, have a story of their own.
 */
export async function checkDiscards(world: World, state: FinalState, journal: Journal): Promise<string[]> {
  const trashings = await trashingsOf(world);
  return world.fuseReplies
    .filter(({ answer }) => answer === "discard")
    .flatMap(({ at, kind, samples }) =>
      samples.flatMap((sample) => {
        const field = world.settings.fields.find((mapped) => mapped[sample.side] === sample.field);
        if (!isOfLastingPair(world, state, at, sample) || isDecided(world, state, sample, field)) return [];
        const done = field
          ? writesAfter(journal, at, sample, field)
          : removalsAfter(world, trashings, at, sample);
        return done.map((what) => `${what}, though the ${kind} were discarded at ${at / 1000}`);
      }),
    );
}

function isOfLastingPair(
  world: World,
  state: FinalState,
  at: number,
  sample: FuseReply["samples"][number],
): sample is Sample {
  const { prospectId, contactId } = sample;
  return prospectId !== null && contactId !== null && isOnlyPair(world, state, { prospectId, contactId }, at);
}

/** What a person chose for the pair, or took back of it, goes before what another one discarded. */
function isDecided(
  world: World,
  state: FinalState,
  { prospectId }: Sample,
  field: MappedField | undefined,
): boolean {
  const isTakenBack = field
    ? sides.some((side) => isUndone(state, { prospectId, side, field: field[side] }))
    : ["prospect/trashed", "contact/archived"].some((kind) => isUndone(state, { prospectId, kind }));
  return (
    isTakenBack || state.activities.some((row) => row.prospectId === prospectId && isChosen(world, row.cause))
  );
}

function writesAfter(journal: Journal, at: number, sample: Sample, field: MappedField): string[] {
  const { side, prospectId, contactId } = sample;
  const entries = {
    snov: entriesOf(journal, "snov", prospectId, field),
    hubspot: entriesOf(journal, "hubspot", contactId, field),
  };
  const acted = firstActOf([...laterThan(entries.snov, at), ...laterThan(entries.hubspot, at)]);
  const kept = valueAt(entries[side], at);
  const shared = { before: asShared(field, side, sample.before), after: asShared(field, side, sample.after) };
  // What was typed between the question and the answer nobody was shown, and it may travel.
  const isAsked =
    sameMeaning(field, asShared(field, side, kept), shared.before) &&
    sameMeaning(field, asShared(field, otherSide(side), valueAt(entries[otherSide(side)], at)), shared.after);
  if (!isAsked) return [];
  return laterThan(entries[side], at)
    .filter((entry) => entry.by === "app" && entry.at < acted)
    .filter(({ value }) => !sameMeaning(field, value, kept))
    .map(
      ({ value }) =>
        `${field[side]} of ${side} was given ${JSON.stringify(value)} for ${JSON.stringify(kept)}`,
    );
}

function removalsAfter(
  world: World,
  trashings: Trashing[],
  at: number,
  { side, field, prospectId, contactId }: Sample,
): string[] {
  if (field !== null) return [];
  const ofContact = world.contacts.changes.filter(
    (change) => change.contactId === contactId && change.at > at,
  );
  const ofProspect = trashings.filter((row) => row.prospectId === prospectId && row.at > at);
  if (ofContact.some(({ kind }) => kind === "vanished")) return [];
  const acted = firstActOf([...ofContact, ...ofProspect]);
  const removed =
    side === "hubspot"
      ? ofContact.filter(({ kind }) => kind === "archived")
      : ofProspect.filter(({ isTrashed }) => isTrashed);
  return removed
    .filter((act) => act.by === "app" && act.at < acted)
    .map(() => `the record of prospect ${prospectId} in ${side} was removed`);
}

function asShared(field: MappedField, side: Side, value: Value): Value {
  return side === "snov" ? (asHubspotValue(field, value) ?? null) : value;
}

function laterThan(entries: Entry[], at: number): Entry[] {
  return entries.filter((entry) => entry.at > at);
}

function firstActOf(acts: { at: number; by: string }[]): number {
  return Math.min(Number.POSITIVE_INFINITY, ...acts.filter(({ by }) => by !== "app").map((act) => act.at));
}

type Trashing = { at: number; by: string; prospectId: string; isTrashed: boolean };

/** Every time that a prospect went to the trash or came back. */
async function trashingsOf({ database }: World): Promise<Trashing[]> {
  const rows = await database.raw(
    `select extract(epoch from at) * 1000 as at, actor, is_now->>'id' as id,
       is_now->>'deleted_at' is not null as trashed
     from sim_journal
     where source = 'prospects' and (was->>'deleted_at') is distinct from (is_now->>'deleted_at')
     order by seq`,
  );
  return rows.map(({ at, actor, id, trashed }) => ({
    at: Number(at),
    by: actor === "ana" ? "ana" : "app",
    prospectId: String(id),
    isTrashed: Boolean(trashed),
  }));
}
