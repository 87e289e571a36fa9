import { toShared } from "./choices";
import { sameMeaning } from "./mapping-value";
import { ownValue } from "./own-value";
import { planCreate } from "./plan-create";
import type { PlannerMapping, PlannerSettings } from "./planner-settings";
import type { ExclusionReason, ObservedLink, ObservedRecord, PlanInput, RecordPlan } from "./record-plan";
import { otherSide, type Side } from "./side";
import { isEmpty, type Value } from "./value";

/**
 * A linked pair of which only `here` is left. Its invariants:
 * - a removal travels only where the direction, the setting and the side's abilities allow;
 * - a record that somebody edited since the two last agreed is never removed without asking;
 * - where we removed both, the one that is there again was restored by a person, and its partner follows;
 * - where the undo of a transfer removed the partner, nothing is made or removed until somebody edits what is left;
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
  if (creation && isUnedited(settings, here, record, creation)) return { kind: "excluded", reason: "undone" };
  if (creation || link.bothRemoved || input.unconfirmed[there].removal)
    return bringBack(settings, there, absence, record);
  if (!allowed || !can.remove || settings.removals === "keep" || link.declined.removal)
    return removedIn(there);
  if (!link.inScope[there]) return { kind: "excluded", reason: "out_of_scope" };

  const mappingIds = editedFields(settings, input, link, here, record);
  return mappingIds.length
    ? { kind: "disputed", dispute: { kind: "removed_and_edited", removedOn: there, absence, mappingIds } }
    : { kind: "remove", on: here, why: absence };
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
): string[] {
  return settings.mappings
    .filter((mapping) => !mapping.stopped && isEdited(mapping, input, link, here, record))
    .map(({ id }) => id);
}

function isEdited(
  mapping: PlannerMapping,
  input: PlanInput,
  link: ObservedLink,
  here: Side,
  record: ObservedRecord,
): boolean {
  const value = ownValue(record.fields, mapping.fields[here]);
  if (value === undefined) return false;
  const shared = toShared(mapping, here, value);
  if (shared.kind === "unmapped") return true;
  const base = link.base[mapping.id];
  if (base === undefined) return !isEmpty(shared.value);
  const sent = input.unconfirmed[here].values[mapping.id] ?? [];
  return ![base, ...sent].some((known) => sameMeaning(mapping, known, shared.value));
}

function removedIn(side: Side): RecordPlan {
  return { kind: "excluded", reason: `removed_in_${side}` satisfies ExclusionReason };
}
