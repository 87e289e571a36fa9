import { choiceOf, fromShared, toShared } from "./choices";
import { sameMeaning } from "./mapping-value";
import { mergeField } from "./merge";
import { ownValue } from "./own-value";
import type { PlannerMapping, PlannerSettings } from "./planner-settings";
import type {
  HeldReason,
  ObservedLink,
  ObservedRecord,
  PairPlan,
  PlanInput,
  RecordPlan,
} from "./record-plan";
import { type Both, otherSide, type Side, sides } from "./side";
import { isEmpty, sameValue, type Value } from "./value";

/** Two records that belong together, field by field: each one is decided by itself, and one that cannot travel holds back no other. */
export function planPair(
  settings: PlannerSettings,
  input: PlanInput,
  records: Both<ObservedRecord>,
): RecordPlan {
  if (!mayTravel(settings, records)) return { kind: "excluded", reason: "out_of_scope" };
  const plan: PairPlan = {
    kind: "pair",
    writes: { snov: {}, hubspot: {} },
    base: { ...input.link?.base },
    baseBefore: { ...input.link?.base },
    conflicts: [],
    held: [],
    replaced: [],
    declined: { removal: false, values: {} },
    refused: {},
  };
  for (const mapping of settings.mappings)
    if (!mapping.stopped) planField(settings, input, records, mapping, plan);
  for (const side of sides) addExtras(settings, side, plan.writes[side], records[side], input.link);
  return plan;
}

/** Adds to `plan` what one mapping needs. */
function planField(
  settings: PlannerSettings,
  input: PlanInput,
  records: Both<ObservedRecord>,
  mapping: PlannerMapping,
  plan: PairPlan,
): void {
  const { id } = mapping;
  const hold = (reason: HeldReason, value: string) => void plan.held.push({ mappingId: id, reason, value });
  const own = {
    snov: ownValue(records.snov.fields, mapping.fields.snov),
    hubspot: ownValue(records.hubspot.fields, mapping.fields.hubspot),
  };
  const missing = sides.find((side) => own[side] === undefined);
  if (missing) {
    hold("field_missing", mapping.fields[missing]);
    return;
  }
  const present = own as Both<Value>;
  const shared = {
    snov: toShared(mapping, "snov", present.snov),
    hubspot: toShared(mapping, "hubspot", present.hubspot),
  };
  if (shared.snov.kind === "unmapped" || shared.hubspot.kind === "unmapped") {
    hold("choice_not_mapped", choiceOf(shared.snov, shared.hubspot));
    return;
  }
  const values = { snov: shared.snov.value, hubspot: shared.hubspot.value };
  const declined = declinedValues(mapping, input.link, present);
  if (declined) {
    plan.declined.values[id] = declined.undone ? { ...present, undone: true } : present;
    return void hold(declined.undone ? "undone" : "discarded", "");
  }
  const arrived = ownWrite(mapping, input, values);
  // Remembered even where nothing can travel: the next look does not know of the write any more.
  if (arrived !== undefined) {
    plan.base[id] = arrived;
    plan.baseBefore[id] = arrived;
  }
  const merge = mergeField({
    same: (a, b) => sameMeaning(mapping, a, b),
    base: plan.base[id],
    values,
    writable: mapping.writable,
    policy: mapping.policy,
    changedAt: {
      snov: ownValue(records.snov.changedAt ?? {}, mapping.fields.snov),
      hubspot: ownValue(records.hubspot.changedAt ?? {}, mapping.fields.hubspot),
    },
    openConflict: recordedValues(mapping, input.openConflicts[id]),
  });
  if (merge.kind === "agreed") plan.base[id] = values.snov;
  if (merge.kind === "left" && merge.base !== undefined) plan.base[id] = merge.base;
  if (merge.kind === "conflict")
    plan.conflicts.push({ kind: "value", mappingId: id, base: plan.base[id], values: present });
  if (merge.kind !== "write") return;

  const { to, value, why } = merge;
  if (!records[otherSide(to)].inScope) return void hold("out_of_scope", String(present[to]));
  const owner = mapping.identity ? input.addressOwners[to] : null;
  if (mapping.identity && isEmpty(value)) return void hold("email_removed", String(present[to]));
  if (isEmpty(value) && !settings.capabilities[to].clear)
    return void hold("cannot_clear", String(present[to]));
  if (owner !== null) {
    plan.conflicts.push({ kind: "same_address", mappingId: id, on: to, otherId: owner });
    return;
  }
  const target = fromShared(mapping, to, value, present[to]);
  if (target.kind === "unmapped") return void hold("choice_not_mapped", target.choice);
  const refused = refusedBefore(mapping, input.link, to, target.value);
  if (refused) {
    plan.refused[id] = refused;
    return void hold("refused", refused.message);
  }
  plan.writes[to][mapping.fields[to]] = target.value;
  plan.base[id] = value;
  if (why === "policy" || why === "source")
    plan.replaced.push({ mappingId: id, on: to, value: present[to], why });
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
  if (
    constant &&
    !Object.hasOwn(writes, constant.field) &&
    !sameValue(constant.type, ownValue(record.fields, constant.field), constant.value)
  )
    writes[constant.field] = constant.value;
  const status = settings.firstStatus[side];
  if (
    status &&
    !link?.firstSynced[side] &&
    !Object.hasOwn(writes, status.field) &&
    isEmpty(ownValue(record.fields, status.field))
  )
    writes[status.field] = status.value;
}

/**
 * The value of a write of ours that was applied but never committed: what both sides agreed on without our knowing.
 * Where both hold such a value, and not the same, nobody can tell which came last.
 */
function ownWrite(
  mapping: PlannerMapping,
  { unconfirmed }: PlanInput,
  values: Both<Value>,
): Value | undefined {
  const arrived = sides.filter((side) =>
    unconfirmed[side].values[mapping.id]?.some((sent) => sameMeaning(mapping, sent, values[side])),
  );
  const [only, ...others] = arrived;
  return only && !others.length ? values[only] : undefined;
}

/** What an open conflict was recorded with, as both sides share it; a choice that means nothing any more is none of today's values. */
function recordedValues(
  mapping: PlannerMapping,
  recorded: Both<Value> | undefined,
): Both<Value | undefined> | undefined {
  if (!recorded) return undefined;
  const meaning = (side: Side) => {
    const shared = toShared(mapping, side, recorded[side]);
    return shared.kind === "value" ? shared.value : undefined;
  };
  return { snov: meaning("snov"), hubspot: meaning("hubspot") };
}

function mayTravel(settings: PlannerSettings, records: Both<ObservedRecord>): boolean {
  return sides.some((side) => settings.writable[side] && records[otherSide(side)].inScope);
}

function declinedValues(mapping: PlannerMapping, link: ObservedLink | null, values: Both<Value>) {
  const declined = link?.declined.values[mapping.id];
  return declined && sides.every((side) => sameMeaning(mapping, declined[side], values[side]))
    ? declined
    : undefined;
}

function refusedBefore(mapping: PlannerMapping, link: ObservedLink | null, to: Side, value: Value) {
  const refused = ownValue(link?.refused ?? {}, mapping.id);
  return refused?.on === to && sameMeaning(mapping, refused.value, value) ? refused : undefined;
}
