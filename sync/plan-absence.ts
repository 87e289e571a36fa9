import { toShared } from "./choices";
import { sameMeaning } from "./mapping-value";
import { ownValue } from "./own-value";
import { planCreate } from "./plan-create";
import type { PlannerMapping, PlannerSettings } from "./planner-settings";
import type { ExclusionReason, ObservedLink, ObservedRecord, PlanInput, RecordPlan } from "./record-plan";
import type { RemovalChoice, RemovalResolution } from "./resolution";
import { otherSide, type Side } from "./side";
import { isEmpty, type Value } from "./value";

/**
 * A linked pair of which only `here` is left. Its invariants:
 * - a removal travels only where the direction, the setting and the side's abilities allow;
 * - a record that somebody edited since the two last agreed is never removed without asking, and what a person
 *   answered holds for the edits they saw;
 * - where we removed both, the one that is there again was restored by a person, and its partner follows;
 * - where the undo of a transfer removed the partner, nothing is made or removed until somebody edits what is left, or
 *   asks for it anew;
 * - a privacy deletion of the partner erases, whatever the setting, and nothing brings the record back;
 * - a record that was given somebody's erased address is no reason to lose it: it stays as it is.
 */
export function planAbsence(
  settings: PlannerSettings,
  input: PlanInput,
  link: ObservedLink,
  here: Side,
  record: ObservedRecord,
): RecordPlan {
  const there = otherSide(here);
  const absence = input.absences[there] ?? "deleted";
  const allowed = settings.writable[here];
  const can = settings.capabilities[here];
  if (absence === "privacy_deleted")
    return allowed && can.erase ? { kind: "erase", on: here } : { kind: "excluded", reason: "erased" };
  if (input.erased) return { kind: "excluded", reason: "erased" };
  const { creation } = link.declined;
  if (creation && !settings.takesUpUndone && isUnedited(settings, here, record, creation))
    return { kind: "excluded", reason: "undone" };
  if (creation || link.bothRemoved || input.unconfirmed[there].removal)
    return bringBack(settings, there, absence, record);
  if (!allowed || !can.remove || settings.removals === "keep") return removedIn(there);
  if (!link.inScope[there]) return { kind: "excluded", reason: "out_of_scope" };
  if (link.declined.removal) return removedIn(there);

  const edited = editedFields(settings, input, link, here, record);
  if (!edited.length) return { kind: "remove", on: here, why: absence };
  const values = valuesOf(edited, here, record);
  const choice = choiceAbout(edited, input.removalResolution, values);
  if (choice === "remove") return { kind: "remove", on: here, why: absence, chosen: true };
  const back = choice === "bring_back" ? bringBack(settings, there, absence, record) : null;
  if (back?.kind === "restore" || back?.kind === "create") return back;
  const mappingIds = edited.map(({ id }) => id);
  return {
    kind: "disputed",
    dispute: { kind: "removed_and_edited", removedOn: there, absence, mappingIds, values },
  };
}

/** What a person chose about these very edits; null where others have come, or some have gone. */
function choiceAbout(
  edited: PlannerMapping[],
  resolution: RemovalResolution | null,
  values: Record<string, Value>,
): RemovalChoice | null {
  if (!resolution || Object.keys(resolution.seen).length !== edited.length) return null;
  const isAsSeen = (mapping: PlannerMapping) =>
    Object.hasOwn(resolution.seen, mapping.id) &&
    sameMeaning(mapping, resolution.seen[mapping.id], values[mapping.id]);
  return edited.every(isAsSeen) ? resolution.choice : null;
}

function valuesOf(edited: PlannerMapping[], here: Side, record: ObservedRecord): Record<string, Value> {
  return Object.fromEntries(
    edited.map(({ id, fields }) => [id, ownValue(record.fields, fields[here]) ?? null]),
  );
}

function isUnedited(
  { mappings }: PlannerSettings,
  here: Side,
  record: ObservedRecord,
  values: Record<string, Value>,
): boolean {
  return mappings
    .filter(({ id, stopped }) => !stopped && Object.hasOwn(values, id))
    .every((mapping) =>
      sameMeaning(mapping, ownValue(record.fields, mapping.fields[here]), values[mapping.id]),
    );
}

function bringBack(
  settings: PlannerSettings,
  there: Side,
  absence: string,
  record: ObservedRecord,
): RecordPlan {
  if (!settings.writable[there]) return removedIn(there);
  return absence === "archived" && settings.capabilities[there].restore
    ? { kind: "restore", on: there }
    : planCreate(settings, there, record);
}

/** Fields in which the record that is left differs from what both sides last agreed on, by a person's hand. */
function editedFields(
  settings: PlannerSettings,
  input: PlanInput,
  link: ObservedLink,
  here: Side,
  record: ObservedRecord,
): PlannerMapping[] {
  return settings.mappings.filter((mapping) => isEdited(mapping, input, link, here, record));
}

/**
 * A value that the removed record never had, and could not be given, is the record's own and no edit; neither is one that
 * a person left as it is. A stopped mapping is judged by what both sides agreed on before.
 */
function isEdited(
  mapping: PlannerMapping,
  input: PlanInput,
  link: ObservedLink,
  here: Side,
  record: ObservedRecord,
): boolean {
  const value = ownValue(record.fields, mapping.fields[here]);
  if (value === undefined) return false;
  const left = ownValue(link.declined.values, mapping.id);
  if (left && sameMeaning(mapping, left[here], value)) return false;
  const base = link.base[mapping.id];
  if (!mapping.writable[otherSide(here)] && isEmpty(base ?? null)) return false;
  if (mapping.stopped && base === undefined) return false;
  const shared = toShared(mapping, here, value);
  if (shared.kind === "unmapped") return true;
  const { values, arrived } = input.unconfirmed[here];
  const certain = ownValue(arrived ?? {}, mapping.id);
  const agreed = certain === undefined ? [base ?? null, ...(values[mapping.id] ?? [])] : [certain];
  return !agreed.some((known) => sameMeaning(mapping, known, shared.value));
}

function removedIn(side: Side): RecordPlan {
  return { kind: "excluded", reason: `removed_in_${side}` satisfies ExclusionReason };
}
