import { fromShared, toShared } from "./choices";
import { matchKey } from "./match-key";
import { mergeField } from "./merge";
import type { PlannerMapping, PlannerSettings } from "./planner-settings";
import type {
  HeldField,
  ObservedLink,
  ObservedRecord,
  PlanInput,
  PlannedConflict,
  RecordPlan,
} from "./record-plan";
import { type Both, otherSide, type Side, sides } from "./side";
import { isEmpty, sameValue, type Value } from "./value";

/**
 * Decides what one record needs. Pure: the same observation always gives the same plan, and
 * - a plan once applied plans nothing again;
 * - unmapped fields are never written, constants are never read, no direction is widened;
 * - a linked record that is missing on one side is not created again;
 * - a write of ours that a crash kept from being committed is not taken for a person's change.
 */
export function planRecord(settings: PlannerSettings, input: PlanInput): RecordPlan {
  const { snov, hubspot } = input.records;
  if (snov && hubspot) return planPair(settings, input, { snov, hubspot });
  if (!snov && !hubspot) return { kind: "gone" };
  if (input.link) return { kind: "excluded", reason: snov ? "removed_in_hubspot" : "removed_in_snov" };
  return snov
    ? planCreate(settings, "hubspot", snov)
    : planCreate(settings, "snov", hubspot as ObservedRecord);
}

function planCreate(settings: PlannerSettings, on: Side, source: ObservedRecord): RecordPlan {
  const from = otherSide(on);
  if (!settings.writable[on]) return { kind: "excluded", reason: "direction" };
  const identity = settings.mappings.find((mapping) => mapping.identity);
  if (!identity || isEmpty(source.fields[identity.fields[from]]))
    return { kind: "excluded", reason: "no_email" };
  if (!source.inScope) return { kind: "excluded", reason: "out_of_scope" };

  const fields: Record<string, Value> = {};
  const base: Record<string, Value> = {};
  const held: HeldField[] = [];
  for (const mapping of settings.mappings) {
    if (mapping.stopped || !mapping.writable[on]) continue;
    const value = source.fields[mapping.fields[from]] ?? null;
    if (isEmpty(value)) {
      base[mapping.id] = null;
      continue;
    }
    const shared = toShared(mapping, from, value);
    const own = shared.kind === "value" ? fromShared(mapping, on, shared.value, null) : shared;
    if (shared.kind === "unmapped" || own.kind === "unmapped") {
      held.push({ mappingId: mapping.id, reason: "choice_not_mapped", value: choiceOf(shared, own) });
      continue;
    }
    fields[mapping.fields[on]] = own.value;
    base[mapping.id] = shared.value;
  }
  for (const extra of [settings.constants[on], settings.firstStatus[on]])
    if (extra && !(extra.field in fields)) fields[extra.field] = extra.value;
  return { kind: "create", on, fields, base, held };
}

function planPair(settings: PlannerSettings, input: PlanInput, records: Both<ObservedRecord>): RecordPlan {
  if (!mayTravel(settings, records)) return { kind: "excluded", reason: "out_of_scope" };
  const writes: Both<Record<string, Value>> = { snov: {}, hubspot: {} };
  const base = { ...input.link?.base };
  const conflicts: PlannedConflict[] = [];
  const held: HeldField[] = [];

  for (const mapping of settings.mappings) {
    if (mapping.stopped) continue;
    const own = {
      snov: records.snov.fields[mapping.fields.snov] ?? null,
      hubspot: records.hubspot.fields[mapping.fields.hubspot] ?? null,
    };
    const shared = {
      snov: toShared(mapping, "snov", own.snov),
      hubspot: toShared(mapping, "hubspot", own.hubspot),
    };
    if (shared.snov.kind === "unmapped" || shared.hubspot.kind === "unmapped") {
      const moved = sides.some((side) => !sameAsBase(mapping, shared[side], base[mapping.id]));
      if (moved)
        held.push({
          mappingId: mapping.id,
          reason: "choice_not_mapped",
          value: choiceOf(shared.snov, shared.hubspot),
        });
      continue;
    }
    const values = { snov: shared.snov.value, hubspot: shared.hubspot.value };
    const merge = mergeField({
      same: (a, b) => same(mapping, a, b),
      base: ownWrite(mapping, input, values) ?? base[mapping.id],
      values,
      writable: mapping.writable,
      openConflict: input.openConflicts[mapping.id],
    });
    switch (merge.kind) {
      case "agreed":
        base[mapping.id] = values.snov;
        break;
      case "conflict":
        conflicts.push({ mappingId: mapping.id, base: base[mapping.id], values: own });
        break;
      case "write": {
        if (!records[otherSide(merge.to)].inScope) break;
        if (mapping.identity && isEmpty(merge.value)) {
          held.push({ mappingId: mapping.id, reason: "email_removed", value: String(own[merge.to]) });
          break;
        }
        const target = fromShared(mapping, merge.to, merge.value, own[merge.to]);
        if (target.kind === "unmapped") {
          held.push({ mappingId: mapping.id, reason: "choice_not_mapped", value: target.choice });
          break;
        }
        writes[merge.to][mapping.fields[merge.to]] = target.value;
        base[mapping.id] = merge.value;
      }
    }
  }
  for (const side of sides) addExtras(settings, side, writes[side], records[side], input.link);
  return { kind: "pair", writes, base, conflicts, held };
}

/** Constants and the first status ride on a write; they never cause one. */
function addExtras(
  settings: PlannerSettings,
  side: Side,
  writes: Record<string, Value>,
  record: ObservedRecord,
  link: ObservedLink | null,
): void {
  if (!Object.keys(writes).length) return;
  const constant = settings.constants[side];
  if (constant && !(constant.field in writes) && !equalText(record.fields[constant.field], constant.value))
    writes[constant.field] = constant.value;
  const status = settings.firstStatus[side];
  if (status && !link?.firstSynced[side] && !(status.field in writes) && isEmpty(record.fields[status.field]))
    writes[status.field] = status.value;
}

/** The value of a write of ours that was applied but never committed: what both sides agreed on without our knowing. */
function ownWrite(
  mapping: PlannerMapping,
  { unconfirmed }: PlanInput,
  values: Both<Value>,
): Value | undefined {
  for (const side of sides) {
    const sent = unconfirmed?.[side][mapping.id]?.find((value) => same(mapping, value, values[side]));
    if (sent !== undefined) return sent;
  }
  return undefined;
}

function mayTravel(settings: PlannerSettings, records: Both<ObservedRecord>): boolean {
  return sides.some((side) => settings.writable[side] && records[otherSide(side)].inScope);
}

function same(mapping: PlannerMapping, a: Value | undefined, b: Value | undefined): boolean {
  if (mapping.identity && typeof a === "string" && typeof b === "string") return matchKey(a) === matchKey(b);
  return sameValue(mapping.type, a, b);
}

function sameAsBase(
  mapping: PlannerMapping,
  shared: ReturnType<typeof toShared>,
  base: Value | undefined,
): boolean {
  return shared.kind === "value" && base !== undefined && same(mapping, shared.value, base);
}

function choiceOf(...translations: ReturnType<typeof toShared>[]): string {
  for (const translation of translations) if (translation.kind === "unmapped") return translation.choice;
  return "";
}

function equalText(a: Value | undefined, b: Value): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b);
}
