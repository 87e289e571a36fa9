import type { PlannerMapping, PlannerSettings } from "@/sync/planner-settings";
import type { ObservedLink, ObservedRecord, PlanInput, RecordPlan } from "@/sync/record-plan";
import { otherSide, type Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { expectedCreate } from "./create";
import { isUnmapped, means, nothing, shared } from "./meaning";

/** A linked record is `here`, and its partner is not. */
export function expectedAbsence(
  settings: PlannerSettings,
  input: PlanInput,
  link: ObservedLink,
  here: Side,
  record: ObservedRecord,
): RecordPlan {
  const there = otherSide(here);
  const absence = input.absences[there] ?? "deleted";
  const removed: RecordPlan = {
    kind: "excluded",
    reason: there === "snov" ? "removed_in_snov" : "removed_in_hubspot",
  };

  const erased: RecordPlan = { kind: "excluded", reason: "erased" };

  if (absence === "privacy_deleted")
    return settings.writable[here] && settings.capabilities[here].erase
      ? { kind: "erase", on: here }
      : erased;
  if (input.erased) return erased;

  const { creation } = link.declined;
  const untouched = settings.mappings.every(
    (mapping) =>
      mapping.stopped ||
      creation?.[mapping.id] === undefined ||
      means(mapping, record.fields[mapping.fields[here]], creation[mapping.id]),
  );
  if (creation && untouched && !settings.takesUpUndone) return { kind: "excluded", reason: "undone" };

  if (creation || link.bothRemoved || input.unconfirmed[there].removal) {
    if (!settings.writable[there]) return removed;
    if (absence === "archived" && settings.capabilities[there].restore) return { kind: "restore", on: there };
    return expectedCreate(settings, there, record);
  }

  if (!settings.writable[here]) return removed;
  if (!settings.capabilities[here].remove) return removed;
  if (settings.removals === "keep") return removed;
  if (!link.inScope[there]) return { kind: "excluded", reason: "out_of_scope" };
  if (link.declined.removal) return removed;

  const edited = settings.mappings.filter((mapping) => editedHere(mapping, input, link, here, record));
  if (edited.length > 0) {
    const values: Record<string, Value> = {};
    for (const { id, fields } of edited) values[id] = record.fields[fields[here]] ?? null;
    const answer = input.removalResolution;
    const seen = answer?.seen ?? {};
    const same =
      Object.keys(seen).length === edited.length &&
      edited.every((mapping) => mapping.id in seen && means(mapping, seen[mapping.id], values[mapping.id]));
    if (answer && same && answer.choice === "remove")
      return { kind: "remove", on: here, why: absence, chosen: true };
    if (answer && same && settings.writable[there]) {
      if (absence === "archived" && settings.capabilities[there].restore)
        return { kind: "restore", on: there };
      const created = expectedCreate(settings, there, record);
      if (created.kind === "create") return created;
    }
    const mappingIds = edited.map(({ id }) => id);
    return {
      kind: "disputed",
      dispute: { kind: "removed_and_edited", removedOn: there, absence, mappingIds, values },
    };
  }
  return { kind: "remove", on: here, why: absence };
}

export function editedHere(
  mapping: PlannerMapping,
  input: PlanInput,
  link: ObservedLink,
  here: Side,
  record: ObservedRecord,
): boolean {
  const value = record.fields[mapping.fields[here]];
  if (value === undefined) return false;
  const declined = link.declined.values[mapping.id];
  if (declined && means(mapping, value, declined[here])) return false;
  const base = link.base[mapping.id];
  const canTravel = here === "snov" ? mapping.writable.hubspot : mapping.writable.snov;
  if (!canTravel && (base === undefined || nothing(base))) return false;
  if (base === undefined && mapping.stopped) return false;
  const meant = shared(mapping, here, value);
  if (isUnmapped(meant)) return true;
  const arrived = input.unconfirmed[here].arrived?.[mapping.id];
  if (arrived !== undefined) return !means(mapping, meant.value, arrived);
  if (base === undefined ? nothing(meant.value) : means(mapping, meant.value, base)) return false;
  const sent = input.unconfirmed[here].values[mapping.id] ?? [];
  return !sent.some((one) => means(mapping, meant.value, one));
}
