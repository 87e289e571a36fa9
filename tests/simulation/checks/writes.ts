import { contactMark } from "@/sync/contact-mark";
import type { Value } from "@/sync/value";
import { type MappedField, mayWrite } from "../settings";
import { asHubspotValue, blank, sameMeaning } from "../values";
import type { World } from "../world";
import { isChosen } from "./choices";
import type { FinalState } from "./final-state";
import { type Entry, entriesOf, type Journal, sameContact } from "./journal";
import { isUnconfirmed, lookBefore } from "./pair-acts";
import { isUndone } from "./undone";

/** Unmapped fields are never written; constants never flow back; direction is never widened. */
export function checkReach(world: World, journal: Journal): string[] {
  return (["snov", "hubspot"] as const).flatMap((side) => {
    const { constantToHubspot, constantToSnov, status, fields } = world.settings;
    const constant = side === "snov" ? constantToSnov : constantToHubspot;
    const extras = [
      constant?.field,
      ...(side === "hubspot" ? [status?.property, world.settings.marks && contactMark.name] : []),
    ];
    const allowed = new Set([
      ...fields.filter((field) => mayWrite(world.settings, field, side)).map((field) => field[side]),
      ...extras,
      // HubSpot's own bookkeeping when an address changes.
      ...(side === "hubspot" ? ["hs_additional_emails"] : []),
    ]);
    return [...journal].flatMap(([key, entries]) => {
      const [where, id, name = ""] = key.split(" ");
      if (where !== side || allowed.has(name)) return [];
      return (
        entries
          // A record that we create begins with nothing in it.
          .filter(({ by, value }, index) => by === "app" && (value !== null || index > 0))
          .map(({ value }) => `${name} of ${side} ${id} was given ${JSON.stringify(value)}`)
      );
    });
  });
}

/**
 * Our own write coming back plans nothing. What is written to a prospect was typed in HubSpot by a person once, or
 * chosen for both sides; and all that we write stays within what people did and what went wrong.
 */
export function checkWrites(world: World, state: FinalState, journal: Journal): string[] {
  const { edits, crashes, faults } = world.counts;
  const writes = [...journal.values()].flat().filter(({ by }) => by === "app").length;
  const fields = world.settings.fields.length + 3;
  const most = fields * (edits + world.settings.people * 2 + crashes + faults);
  return [
    ...idleWrites(world, journal),
    ...(writes > most ? [`${writes} values were written, where ${most} would be many`] : []),
    ...world.settings.fields.flatMap((field) => echoes(world, state, journal, field)),
  ];
}

/**
 * What is written to HubSpot is not there yet. Two things may have put it there without our knowing: somebody wrote it
 * while the page was on, or we did in a turn that was not carried through.
 */
function idleWrites(world: World, journal: Journal): string[] {
  return world.idleWrites.flatMap(({ at, contactId, property, value }) => {
    const entries = journal.get(`hubspot ${contactId} ${property}`) ?? [];
    const last = entries.findLast((entry) => entry.at <= at);
    if (last && (last.at >= lookBefore(world, at) || isUnconfirmed(world, last))) return [];
    const told = `${property} of contact ${contactId} was given ${JSON.stringify(value)} at ${at / 1000}`;
    return [`${told}, which it had: ${account(entries)}`];
  });
}

function echoes(world: World, state: FinalState, journal: Journal, field: MappedField): string[] {
  const ids = world.contacts.ids();
  const entries = ids.flatMap((id) =>
    entriesOf(journal, "hubspot", id, field).map((entry) => ({ ...entry, contactId: id })),
  );
  return [...new Set(state.pairs.map(({ prospectId }) => prospectId))].flatMap((prospectId) => {
    const told = entries.filter(({ contactId }) => isTheirs(world, state, prospectId, contactId));
    const since = new Map(
      state.pairs
        .filter((pair) => pair.prospectId === prospectId)
        .map((pair) => [pair.contactId, pair.since]),
    );
    // Typed in HubSpot, or what another prospect had given a contact before it came to this one.
    const fromElsewhere = told.filter(
      ({ by, at, contactId }) => by !== "app" || at < (since.get(contactId) ?? 0),
    );
    const own = entriesOf(journal, "snov", prospectId, field);
    return own.flatMap(({ at, by, value }, index) => {
      // What a prospect is created with may be from another one, which the contact had outlived.
      if (
        by !== "app" ||
        index === 0 ||
        blank(value) ||
        wasChosenThere(world, state, prospectId, field, value) ||
        wasShownUndone(world, prospectId, field, { at, value }) ||
        isUndone(state, {
          prospectId,
          side: "snov",
          field: field.snov,
          change: ({ after }) => sameMeaning(field, after, value),
        })
      )
        return [];
      const shared = asHubspotValue(field, value);
      const isSame = (entry: Entry) =>
        entry.at <= at && shared !== undefined && sameMeaning(field, entry.value, shared);
      const hadIt = own
        .slice(0, index)
        .some((entry) => isSame({ ...entry, value: asHubspotValue(field, entry.value) ?? null }));
      // A contact may have what was typed for the prospect it went with before; a prospect's own earlier value is no news.
      return (hadIt ? fromElsewhere : told).some(isSame)
        ? []
        : [
            `${field.snov} of ${prospectId} was given ${JSON.stringify(value)}, which nobody typed in HubSpot: ${account(own)}`,
          ];
    });
  });
}

/**
 * A prospect may have had several contacts, one after another, also such as others were merged into: what was typed in any
 * of them may have reached it, and in nobody else's.
 */
function isTheirs(world: World, { pairs }: FinalState, prospectId: string, contactId: string): boolean {
  return pairs.some(
    (pair) => pair.prospectId === prospectId && sameContact(world, pair.contactId, contactId),
  );
}

function account(entries: Entry[]): string {
  return entries
    .map(({ at, by, value }) => `${Math.round(at) / 1000} ${by} ${JSON.stringify(value)}`)
    .join(", ");
}

/** A privacy deletion takes the activities with it; what somebody allowed to be put back there the world knows all the same. */
function wasShownUndone(
  { undos }: World,
  prospectId: string,
  field: MappedField,
  { at, value }: Pick<Entry, "at" | "value">,
): boolean {
  return undos.some(({ askedAt, shown }) =>
    shown?.some(
      (item) =>
        item.prospectId === prospectId &&
        item.planned === "put_back" &&
        askedAt < at &&
        item.changes.some(
          ({ side, field: of, kept, after }) =>
            side === "snov" && of === field.snov && !kept && sameMeaning(field, after, value),
        ),
    ),
  );
}

/** A choice writes both sides, and taking one back puts there what the prospect had. */
function wasChosenThere(
  world: World,
  { activities }: FinalState,
  prospectId: string,
  field: MappedField,
  value: Value,
): boolean {
  const shared = asHubspotValue(field, value);
  // A privacy deletion takes the activities with it; the world knows what was typed, or taken back, all the same.
  const isKnown = world.choices.some(
    ({ recordId, choice, field: chosen, snov, takenBack }) =>
      recordId === prospectId &&
      chosen?.snov === field.snov &&
      ((choice.kind === "value" && shared !== undefined && sameMeaning(field, choice.value, shared)) ||
        (takenBack && sameMeaning(field, snov, value))),
  );
  if (isKnown) return true;
  return activities.some(
    (row) =>
      row.side === "snov" &&
      row.prospectId === prospectId &&
      isChosen(world, row.cause) &&
      row.changes.some((change) => change.field === field.snov && sameMeaning(field, change.after, value)),
  );
}
