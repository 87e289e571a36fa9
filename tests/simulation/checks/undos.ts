import { type Side, sides } from "@/sync/side";
import { endsOf } from "../actors/undo-people";
import type { MappedField } from "../settings";
import { readHubspot, sameMeaning } from "../values";
import type { Undo, World } from "../world";
import { cameToHaveErased, type Owned, ownedAddresses, wasTaken } from "./address-owners";
import { isChosen } from "./choices";
import { erasedSince } from "./erased";
import type { Activity, FinalState } from "./final-state";
import { type Entry, entriesOf, formerIdsOf, type Journal, valueAt } from "./journal";
import { isLeftAlone, isOnlyPair, lookBefore } from "./pair-acts";
import { hasLostChoice } from "./refusals";
import { undoneRows } from "./undone";

/** A value that an undo gave a field back, and which of our entries that was. */
type PutBack = {
  undo: Undo;
  row: Activity & { prospectId: string; contactId: string };
  side: Side;
  field: MappedField;
  change: Activity["changes"][number];
  entries: Entry[];
  written: Entry | undefined;
};

/**
 * An undo takes back what it said it would, and nothing that anybody has touched since: neither what it is of, nor what
 * was shown, nor after that. What it left is left so, until somebody acts on it.
 */
export async function checkUndos(world: World, state: FinalState, journal: Journal): Promise<string[]> {
  const ends = await endsOf(world);
  const addresses = { owned: await ownedAddresses(world), erased: await erasedSince(world) };
  const done = putBacks(world, state, journal);
  return [
    ...done.flatMap((one) => [...badlyPutBack(world, state, one), ...doneAgain(world, state, journal, one)]),
    ...takenAway(world, state, journal),
    ...world.undos.flatMap((undo) =>
      notAsShown(world, state, journal, undo, ends.get(undo.runId), done, addresses),
    ),
  ];
}

function putBacks(world: World, state: FinalState, journal: Journal): PutBack[] {
  return undoneRows(state, {}).flatMap((row) => {
    const { side, prospectId, contactId } = row;
    const undo = world.undos.find(({ runId }) => runId === row.runId);
    if (!undo || !side || !prospectId || !contactId || !row.kind.endsWith("/edited")) return [];
    return row.changes.flatMap((change) => {
      const field = world.settings.fields.find((mapped) => mapped[side] === change.field);
      if (!field) return [];
      const told = { undo, row: { ...row, prospectId, contactId }, side, field, change };
      // What was written to a contact that was merged since is told of the one that goes on.
      const ids = side === "snov" ? [prospectId] : [contactId, ...formerIdsOf(world, contactId)];
      const found = ids.map((id) => {
        const entries = entriesOf(journal, side, id, field);
        const written = entries.findLast(
          ({ at, by, value }) => by === "app" && at <= row.at && sameMeaning(field, value, change.after),
        );
        return { entries, written: written ?? metThere(world, told, id, entries) };
      });
      const held = found.find(({ written }) => written) ?? { entries: [], written: undefined };
      return [{ ...told, ...held }];
    });
  });
}

/** Somebody had given it that very value between our look and our call: what we wrote then changed nothing. */
function metThere(
  world: World,
  { undo, row, field, change }: Pick<PutBack, "undo" | "row" | "field" | "change">,
  contactId: string,
  entries: Entry[],
): Entry | undefined {
  const idle = world.idleWrites.findLast(
    (one) =>
      one.contactId === contactId &&
      one.property === field.hubspot &&
      one.at > undo.askedAt &&
      one.at <= row.at &&
      sameMeaning(field, readHubspot(field, one.value), change.after),
  );
  const last = idle && entries.findLast(({ at }) => at <= idle.at);
  const isMet = last && last.by !== "app" && last.at >= lookBefore(world, idle.at);
  return isMet ? { at: idle.at, by: "app", value: change.after } : undefined;
}

/** It goes back to what it was before, from what it was given last, while nobody has written it since. */
function badlyPutBack(world: World, state: FinalState, one: PutBack): string[] {
  const { undo, row, side, field, change, entries, written } = one;
  const told = `${change.field} of ${side} of prospect ${row.prospectId} was put back to ${show(change.after)}`;
  if (!written) return [`${told}, and never held it`];
  const undone = state.activities
    .filter(({ id, side: on }) => undo.undone.includes(id) && on === side)
    .flatMap(({ at, changes }) =>
      changes.filter(({ field: of }) => of === change.field).map((of) => ({ at, ...of })),
    );
  const [first, last] = [undone[0], undone.at(-1)];
  if (!first || !last) return [`${told}, and what is undone did not change it`];
  if (!sameMeaning(field, first.before, change.after))
    return [`${told}, and it had been ${show(first.before)} before`];
  const given = entries.findLast(({ at, value }) => at <= last.at && sameMeaning(field, value, last.after));
  const looked = lookBefore(world, written.at);
  const since = entries.filter(({ at }) => given && at > given.at && at < looked && at < written.at);
  return since.map(
    ({ at, by, value }) =>
      `${told}, though ${by} had made it ${show(value)} at ${at / 1000}, which is later than what was undone`,
  );
}

/** The sync leaves both sides as an undo left them, until a person acts on that field of the pair. */
function doneAgain(world: World, state: FinalState, journal: Journal, one: PutBack): string[] {
  const { undo, row, field, written } = one;
  const { prospectId, contactId } = row;
  if (!written || !isOnlyPair(world, state, { prospectId, contactId }, written.at)) return [];
  const looked = lookBefore(world, written.at);
  const both = {
    snov: entriesOf(journal, "snov", prospectId, field),
    hubspot: entriesOf(journal, "hubspot", contactId, field),
  };
  const acts = [
    ...sides.flatMap((side) => both[side].filter(({ by, at }) => by !== "app" && at >= looked)),
    ...world.contacts.changes.filter(
      ({ contactId: id, kind, at }) => id === contactId && kind !== "edited" && at >= looked,
    ),
    ...[...state.restored, ...state.trashed].filter(
      ({ prospectId: id, at }) => id === prospectId && at >= looked,
    ),
    ...world.choices.filter(
      ({ recordId, field: about, at }) => recordId === prospectId && about === field && at >= looked,
    ),
    ...world.undos
      .filter(
        ({ prospectId: id, runId, askedAt }) =>
          id === prospectId && runId !== undo.runId && askedAt >= looked,
      )
      .map(({ askedAt: at }) => ({ at })),
    ...state.activities.filter(
      ({ prospectId: id, cause, at }) => id === prospectId && isChosen(world, cause) && at >= looked,
    ),
  ];
  const acted = Math.min(Number.POSITIVE_INFINITY, ...acts.map(({ at }) => at));
  return sides.flatMap((side) =>
    both[side]
      .filter(({ by, at }) => by === "app" && at > written.at && at < acted)
      .filter(({ value, at }) => !isOfRun(state, undo, prospectId, side, field, value, at))
      .map(
        ({ value }) =>
          `${field[side]} of ${side} of prospect ${prospectId} was given ${show(value)} after it had been put back to ${show(one.change.after)}`,
      ),
  );
}

function isOfRun(
  state: FinalState,
  { runId }: Undo,
  prospectId: string,
  side: Side,
  field: MappedField,
  value: Entry["value"],
  at: number,
): boolean {
  const change = ({ after }: { after: Entry["value"] }) => sameMeaning(field, after, value);
  return undoneRows(state, { prospectId, side, field: field[side], change }).some(
    (row) => row.runId === runId && row.at >= at,
  );
}

/** A record that was made goes again only where nobody has touched it. */
function takenAway(world: World, state: FinalState, journal: Journal): string[] {
  return [
    ...undoneRows(state, { kind: "contact/archived" }).flatMap(({ contactId, at }) => {
      const ends = world.contacts.changes.filter(
        (one) => one.contactId === contactId && one.kind === "archived" && one.at <= at,
      );
      // Somebody may have archived it between our look and our call, which changed nothing then.
      const gone =
        ends.findLast(({ by }) => by === "app") ?? ends.findLast((one) => lookBefore(world, one.at) < one.at);
      const looked = lookBefore(world, gone?.at ?? at);
      const used = world.contacts.changes.filter(
        (one) => one.contactId === contactId && one.by !== "app" && one.at < looked,
      );
      return used.map(
        (one) =>
          `contact ${contactId} was taken back, though ${one.by} had ${one.kind} it at ${one.at / 1000}`,
      );
    }),
    ...undoneRows(state, { kind: "prospect/trashed" }).flatMap(({ prospectId, at }) =>
      [...journal]
        .filter(([key]) => key.startsWith(`snov ${prospectId} `))
        .flatMap(([key, entries]) =>
          entries.filter((entry) => entry.by !== "app" && entry.at < lookBefore(world, at)).map(() => key),
        )
        .map((key) => `prospect ${prospectId} was taken back, though somebody had written ${key}`),
    ),
  ];
}

/** Where nobody acts after the preview, what it said is what is done, and nothing else. */
function notAsShown(
  world: World,
  state: FinalState,
  journal: Journal,
  undo: Undo,
  finishedAt: number | undefined,
  done: PutBack[],
  { owned, erased }: { owned: Owned[]; erased: Map<string, number> },
): string[] {
  const { runId, askedAt, shown, prospectId } = undo;
  const contactId = state.pairs.find((pair) => pair.prospectId === prospectId)?.contactId;
  if (!contactId) return [];
  const own = done.filter(({ undo: of }) => of === undo);
  if (!shown) return own.map(({ field }) => `run ${runId} put back ${field.snov}, and nobody had allowed it`);
  const planned = shown
    .filter((item) => item.planned === "put_back")
    .flatMap(({ changes }) => changes.filter(({ kept }) => !kept));
  return world.settings.fields.flatMap((field) => {
    const until = finishedAt ?? Number.POSITIVE_INFINITY;
    if (!isAloneBut(world, state, journal, undo, { prospectId, contactId }, field, askedAt, until)) return [];
    if (hasLostChoice(world, field, valueAt(entriesOf(journal, "snov", prospectId, field), until))) return [];
    const ids = { snov: prospectId, hubspot: contactId };
    // Who has an address of somebody erased is left out, and stays as it is.
    const isLeftOut = cameToHaveErased(owned, erased, ids, askedAt, until);
    return sides.flatMap((side) => {
      const isDone = own.filter((one) => one.side === side && one.field === field);
      const said = planned.filter((one) => one.side === side && one.field === field[side]);
      const told = `${field[side]} of ${side} of prospect ${prospectId}`;
      const missing = said.filter(
        ({ after }) =>
          !isDone.some(({ change }) => sameMeaning(field, change.after, after)) &&
          !(
            field.snov === "email" && wasTaken(owned, { side, id: ids[side], address: after }, askedAt, until)
          ),
      );
      const unsaid = isDone.filter(
        ({ change }) => !said.some(({ after }) => sameMeaning(field, change.after, after)),
      );
      return [
        ...(finishedAt === undefined || isLeftOut
          ? []
          : missing.map(({ after }) => `${told} was to be put back to ${show(after)}, and was not`)),
        ...unsaid.map(({ change }) => `${told} was put back to ${show(change.after)}, which was not shown`),
      ];
    });
  });
}

/** Neither people nor the sync, which may have had something to bring there, have written it within that time. */
function isAloneBut(
  world: World,
  state: FinalState,
  journal: Journal,
  undo: Undo,
  pair: { prospectId: string; contactId: string },
  field: MappedField,
  since: number,
  until: number,
): boolean {
  const others = { ...state, activities: state.activities.filter(({ runId }) => runId !== undo.runId) };
  if (!isLeftAlone(world, others, journal, pair, field, since, until)) return false;
  return sides.every((side) =>
    entriesOf(journal, side, side === "snov" ? pair.prospectId : pair.contactId, field).every(
      ({ at, value }) =>
        at <= since || at > until || isOfRun(state, undo, pair.prospectId, side, field, value, at),
    ),
  );
}

function show(value: unknown): string {
  return JSON.stringify(value);
}
