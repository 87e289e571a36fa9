import { sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import { type MappedField, mayWrite, policyOf } from "../settings";
import { asHubspotValue, blank, sameMeaning } from "../values";
import { type Choice, count, type World } from "../world";
import type { FinalState } from "./final-state";
import { entriesOf, type Journal, valueAt } from "./journal";
import { isLeftAlone, isOnlyPair, lookBefore } from "./pair-acts";
import { hasLostChoice } from "./refusals";

/** Nothing of such a record travels, whatever was chosen. */
const leftOut = ["erased", "kept_apart", "out_of_scope", "rejected"];

type FieldChoice = Choice & { field: MappedField; contactId: string };
type Outcome = { resolution: string; outcome: string | null; closedAt: number; stop: string | null };

/**
 * What people chose about fields. Of a choice about values that stand nobody has to look after: both sides end up with it,
 * as far as the direction lets them, until somebody acts on them again. One about values that had moved changes nothing
 * and says so, and so does one that was taken back in time; taken back later, both sides have what they had.
 */
export async function checkChoices(world: World, state: FinalState, journal: Journal): Promise<string[]> {
  const outcomes = await outcomesOf(world);
  const choices = world.choices.flatMap((made): FieldChoice[] => {
    const { field, contactId } = made;
    const isSame = contactId !== null && world.account.contacts.get(contactId)?.id === contactId;
    return field && isSame ? [{ ...made, field, contactId }] : [];
  });
  const told = choices.map((made, place) => {
    const isLast = !choices.slice(place + 1).some(({ id }) => id === made.id);
    const came = outcomes.get(made.id);
    if (came?.resolution === made.resolutionId) count(world.counts.visited, `came_to:${came.outcome}`);
    return came && isLast ? cameTo(world, state, journal, made, came) : null;
  });
  return [
    ...choices.flatMap((made) => neverHeld(world, journal, made, outcomes.get(made.id))),
    ...told.flatMap((what) => what ?? []),
    ...writtenUnasked(world, state, journal, choices),
  ];
}

async function outcomesOf({ database }: World): Promise<Map<string, Outcome>> {
  const rows = await database.raw(
    `select id::text, resolution_id::text as resolution, outcome, stop_reason as stop,
       coalesce(extract(epoch from closed_at) * 1000, 'infinity') as closed from conflicts`,
  );
  return new Map(
    rows.map(({ id, resolution, outcome, stop, closed }) => [
      String(id),
      { resolution: String(resolution), outcome, stop, closedAt: Number(closed) },
    ]),
  );
}

/** By the time its conflict is closed by it both sides have had it; what anybody does after that is theirs. */
function neverHeld(
  { settings }: World,
  journal: Journal,
  made: FieldChoice,
  came: Outcome | undefined,
): string[] {
  const { at, field, choice, resolutionId } = made;
  const isApplied = came?.outcome === "applied" && came.resolution === resolutionId;
  if (!isApplied || choice.kind === "leave") return [];
  const wanted = wantedOf(made);
  return sides.flatMap((side) => {
    const entries = entriesOf(journal, side, recordOn(made, side), field);
    const held = entries.some((entry, index) => {
      const next = entries[index + 1];
      const wasThere = entry.at <= came.closedAt && (!next || next.at >= at);
      return wasThere && means(field, side, entry.value, wanted);
    });
    return held || !mayWrite(settings, field, side)
      ? []
      : [`${nameOf(made, side)} never had ${show(wanted)}, which was chosen`];
  });
}

/** What became of the last choice about a conflict. */
function cameTo(
  world: World,
  state: FinalState,
  journal: Journal,
  made: FieldChoice,
  came: Outcome,
): string[] {
  const { at, field, takenBack, recordId: prospectId, contactId } = made;
  const { outcome } = came;
  const told = `the choice ${show(made.choice)} of ${field.snov} of ${prospectId} about ${show([made.snov, made.hubspot])}`;
  const isOwn = came.resolution === made.resolutionId;
  if (
    isOwn &&
    outcome === "applied" &&
    !stood(journal, made, at, came.closedAt, lookBefore(world, came.closedAt))
  )
    return [`${told} was carried out, although the values had moved`];
  if (
    isOwn &&
    outcome === "moved" &&
    isOnlyPair(world, state, { prospectId, contactId }, at) &&
    !hasMoved(journal, made)
  )
    return [`${told} is said to have been about values that moved, and they had not`];
  const isLeftOut = leftOut.includes(state.statuses.get(`snov ${prospectId}`)?.reason ?? "");
  const isAlone = !isLeftOut && isLeftAlone(world, state, journal, { prospectId, contactId }, field, at);
  if (!isAlone || !standsAt(journal, made, at) || !state.links.some((link) => link.prospectId === prospectId))
    return [];
  const ends = (wanted: (side: "snov" | "hubspot") => Value | undefined) =>
    sides.flatMap((side) => {
      const value = valueAt(entriesOf(journal, side, recordOn(made, side), field), Number.POSITIVE_INFINITY);
      const expected = wanted(side);
      return expected === undefined || means(field, side, value, expected)
        ? []
        : [
            `${told} came to ${outcome}${takenBack ? ` and was taken back ${takenBack}` : ""}, and ${nameOf(made, side)} is ${show(value)}`,
          ];
    });
  if (takenBack) {
    const isReopened = policyOf(world.settings, field) === "ask" && bothWays(world, field);
    if (takenBack === "partly" || (takenBack === "put_back" && !isReopened)) return [];
    const isOpen = outcome === "undone" && came.closedAt === Number.POSITIVE_INFINITY;
    if (!isReopened) return [];
    if (!isOpen) return [`${told} was taken back ${takenBack}, and its conflict is ${outcome}`];
    return ends((side) => sharedOf(field, side, made[side]));
  }
  if (outcome === "stopped" && mayStop(world, made, came.stop)) return [];
  // It could not be carried out, so that the field went by a rule that was made before.
  if (outcome === "rule" && policyOf(world.settings, field) !== "ask" && !hasPartner(world, made)) return [];
  // It waited for an address that another record had, and happened by itself once that one was gone.
  const isFreed = isOwn && outcome === "healed" && made.otherId !== null && made.choice.kind !== "leave";
  if (isFreed) return ends(() => wantedOf(made));
  if (!isOwn || outcome !== "applied") return [`${told} came to ${outcome} ${came.stop ?? ""}`];
  if (made.choice.kind === "leave") return ends((side) => sharedOf(field, side, made[side]));
  const wanted = wantedOf(made);
  return ends((side) => (mayWrite(world.settings, field, side) ? wanted : undefined));
}

/**
 * What HubSpot does not take, an address that is taken or would be emptied, a choice without a partner; nothing else
 * keeps a choice from being carried out.
 */
function mayStop(world: World, made: FieldChoice, reason: string | null): boolean {
  const { snov, type, unique } = made.field;
  if (reason === "choice_not_mapped") return !hasPartner(world, made);
  if (snov === "email")
    return reason === "address_taken" || reason === "email_removed" || reason === "refused";
  return reason === "refused" && (type === "choice" || unique === true);
}

/** What an activity tells under a choice was written while its values stood, and the choice had not been taken back before. */
function writtenUnasked(world: World, state: FinalState, journal: Journal, choices: FieldChoice[]): string[] {
  return state.activities.flatMap((row) => {
    const { side, cause } = row;
    const about = choices.filter(({ id }) => cause.kind === "member" && id === cause.conflictId);
    const [first] = about;
    if (!first || !side || row.prospectId !== first.recordId) return [];
    const { field, contactId } = first;
    if (!isOnlyPair(world, state, { prospectId: first.recordId, contactId }, first.at)) return [];
    const change = row.changes.find((one) => one.field === field[side]);
    if (!change || sameMeaning(field, change.before, change.after)) return [];
    const entries = entriesOf(journal, side, recordOn(first, side), field);
    const entry = entries.findLast(
      ({ at, by, value }) => by === "app" && at <= row.at && sameMeaning(field, value, change.after),
    );
    // A person had given it the same just before: then our write changed nothing.
    const isTheirs = entries.some(
      ({ at, by, value }) =>
        by !== "app" &&
        at >= lookBefore(world, row.at) &&
        at <= row.at &&
        sameMeaning(field, value, change.after),
    );
    if (!entry && isTheirs) return [];
    if (!entry) return [`${nameOf(first, side)} never had ${show(change.after)}, which is told as chosen`];
    const isAsked = about.some((made) => {
      if (made.at > entry.at || made.takenBack === "in_time") return false;
      const isWanted =
        (made.choice.kind !== "leave" && means(field, side, change.after, wantedOf(made))) ||
        (made.takenBack !== undefined && sameMeaning(field, change.after, made[side]));
      return isWanted && stood(journal, made, made.at, entry.at, lookBefore(world, entry.at));
    });
    return isAsked
      ? []
      : [
          `${nameOf(first, side)} was given ${show(change.after)} as chosen, and nobody had chosen that about what was there`,
        ];
  });
}

/** At some moment after the choice, and after whoever carried it out had begun to look. */
function stood(journal: Journal, made: FieldChoice, at: number, until: number, looked: number): boolean {
  const from = Math.max(at, looked);
  const moments = sides.flatMap((side) =>
    entriesOf(journal, side, recordOn(made, side), made.field).map((entry) => entry.at),
  );
  return [from, ...moments.filter((moment) => moment > from && moment < until)].some((moment) =>
    standsAt(journal, made, moment),
  );
}

/** Both sides hold what was seen, or have what was chosen by then. */
function standsAt(journal: Journal, made: FieldChoice, at: number): boolean {
  const { field, choice } = made;
  return sides.every((side) => {
    const value = valueAt(entriesOf(journal, side, recordOn(made, side), field), at);
    if (sameMeaning(field, value, made[side])) return true;
    return choice.kind !== "leave" && means(field, side, value, wantedOf(made));
  });
}

function hasPartner(world: World, made: FieldChoice): boolean {
  const { field, choice, snov } = made;
  if (hasLostChoice(world, field, snov)) return false;
  if (choice.kind === "take" && choice.side === "snov") return asHubspotValue(field, snov) !== undefined;
  const partners = Object.values(field.map ?? {});
  return blank(wantedOf(made)) || [wantedOf(made)].flat().every((one) => partners.includes(String(one)));
}

function hasMoved(journal: Journal, made: FieldChoice): boolean {
  return sides.some((side) => {
    const entries = entriesOf(journal, side, recordOn(made, side), made.field);
    const since = entries.filter(({ at }) => at > made.at).map(({ value }) => value);
    return [valueAt(entries, made.at), ...since].some((value) => !sameMeaning(made.field, value, made[side]));
  });
}

function bothWays({ settings }: World, field: MappedField): boolean {
  return sides.every((side) => mayWrite(settings, field, side));
}

function wantedOf({ choice, field, snov, hubspot }: FieldChoice): Value {
  if (choice.kind === "value") return choice.value;
  return choice.kind === "take" && choice.side === "snov" ? (asHubspotValue(field, snov) ?? null) : hubspot;
}

function sharedOf(field: MappedField, side: "snov" | "hubspot", value: Value): Value | undefined {
  return side === "snov" ? asHubspotValue(field, value) : value;
}

function means(field: MappedField, side: "snov" | "hubspot", value: Value, wanted: Value): boolean {
  const shared = sharedOf(field, side, value);
  return shared !== undefined && sameMeaning(field, shared, wanted);
}

function recordOn({ recordId, contactId }: FieldChoice, side: "snov" | "hubspot"): string {
  return side === "snov" ? recordId : contactId;
}

function nameOf(made: FieldChoice, side: "snov" | "hubspot"): string {
  return `${made.field[side]} of ${side} ${recordOn(made, side)}`;
}

function show(value: unknown): string {
  return JSON.stringify(value);
}

/** An activity tells that a person chose to have this replaced. */
export function isChosen(world: World, cause: { kind: string; conflictId?: string }): boolean {
  return cause.kind === "member" && world.choices.some(({ id }) => id === cause.conflictId);
}
