import { choiceOf, toShared } from "./choices";
import { fieldTravel } from "./field-travel";
import { sameMeaning } from "./mapping-value";
import { mergeField } from "./merge";
import { ownValue } from "./own-value";
import { planChosen, planTakingBack, tellMoved } from "./plan-chosen";
import type { PlannerMapping, PlannerSettings } from "./planner-settings";
import type {
  DeclinedValues,
  HeldReason,
  ObservedLink,
  ObservedRecord,
  PairPlan,
  PlanInput,
} from "./record-plan";
import { chosenNow } from "./resolution";
import { type Both, type Side, sides } from "./side";
import type { Value } from "./value";

/** All that is known about one field of a pair. */
export type FieldCase = {
  settings: PlannerSettings;
  input: PlanInput;
  records: Both<ObservedRecord>;
  mapping: PlannerMapping;
  /** The sides' own values, and what they mean to both. */
  present: Both<Value>;
  values: Both<Value>;
};

/** Adds to `plan` what one mapping needs. */
export function planField(
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
    keepDeclined(input.link, mapping, plan);
    return void hold("field_missing", mapping.fields[missing]);
  }
  const present = own as Both<Value>;
  const shared = {
    snov: toShared(mapping, "snov", present.snov),
    hubspot: toShared(mapping, "hubspot", present.hubspot),
  };
  if (shared.snov.kind === "unmapped" || shared.hubspot.kind === "unmapped") {
    keepDeclined(input.link, mapping, plan);
    return void hold("choice_not_mapped", choiceOf(shared.snov, shared.hubspot));
  }
  const values = { snov: shared.snov.value, hubspot: shared.hubspot.value };
  const field = { settings, input, records, mapping, present, values };
  const resolution = ownValue(input.resolutions, id);
  const chosen = resolution ? chosenNow(mapping, resolution, values) : null;
  if (resolution && !chosen) tellMoved(field, plan);
  if (resolution?.undo && chosen && planTakingBack(field, resolution, resolution.undo.base, plan)) return;
  const choice = resolution?.undo ? null : chosen;
  const arrived = ownWrite(mapping, input, values);
  if (choice && planChosen(field, choice, arrived, plan)) return;
  const declined = declinedValues(mapping, input.link, present);
  const leaveApart = () => {
    if (declined) plan.declined.values[id] = { ...declined, ...present };
  };
  if (declined && !isTakenUp(settings, mapping, declined)) {
    leaveApart();
    return void hold(whyDeclined(declined), "");
  }
  if (input.undoing?.includes(id) && !sameMeaning(mapping, values.snov, values.hubspot)) {
    leaveApart();
    return void hold("undone", "");
  }
  // Remembered even where nothing can travel: the next look does not know of the write, or of what was left, any more.
  const agreed = declined?.undone
    ? beforeUndone(mapping, plan.base[id], values)
    : arrived === undefined
      ? unmovedSinceLeft(mapping, input.link, present, values)
      : arrived;
  if (agreed !== undefined) {
    plan.base[id] = agreed;
    plan.baseBefore[id] = agreed;
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
  const travel = fieldTravel(field, to, value);
  if (travel.kind === "held") {
    leaveApart();
    return void hold(travel.reason, travel.value);
  }
  if (travel.kind === "taken") {
    plan.conflicts.push({ kind: "same_address", mappingId: id, on: to, otherId: travel.by, values: present });
    return;
  }
  const refused = refusedBefore(mapping, input.link, to, travel.value);
  if (refused) {
    leaveApart();
    plan.refused[id] = refused;
    return void hold("refused", refused.message);
  }
  plan.writes[to][mapping.fields[to]] = travel.value;
  plan.base[id] = value;
  if (why === "policy" || why === "source")
    plan.replaced.push({ mappingId: id, on: to, value: present[to], why });
}

/** Nobody can compare the field now: what a person left alone in it stays so until somebody can. */
export function keepDeclined(link: ObservedLink | null, { id }: PlannerMapping, plan: PairPlan): void {
  const declined = ownValue(link?.declined.values ?? {}, id);
  if (declined) plan.declined.values[id] = declined;
}

/**
 * The value of a write of ours that was applied but never committed: what both sides agreed on without our knowing;
 * what its side holds may tell so, where no history does.
 * Where different ones arrived on the two sides, nobody can tell which came last.
 */
function ownWrite(
  mapping: PlannerMapping,
  { unconfirmed }: PlanInput,
  values: Both<Value>,
): Value | undefined {
  const certain = sides
    .map((side) => ownValue(unconfirmed[side].arrived ?? {}, mapping.id))
    .filter((value) => value !== undefined);
  const guessed = sides
    .filter((side) =>
      unconfirmed[side].values[mapping.id]?.some((sent) => sameMeaning(mapping, sent, values[side])),
    )
    .map((side) => values[side]);
  const [only, ...others] = certain.length ? certain : guessed;
  return others.every((other) => sameMeaning(mapping, only, other)) ? only : undefined;
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

function declinedValues(mapping: PlannerMapping, link: ObservedLink | null, values: Both<Value>) {
  const declined = link?.declined.values[mapping.id];
  return declined && sides.every((side) => sameMeaning(mapping, declined[side], values[side]))
    ? declined
    : undefined;
}

/**
 * Of a difference whose change a person discarded, or which a transfer in one direction left, one side has moved since: it
 * counts from what the other one still has. So the newer edit travels as far as the direction lets it, and what was left
 * never replaces it.
 */
function unmovedSinceLeft(
  mapping: PlannerMapping,
  link: ObservedLink | null,
  present: Both<Value>,
  values: Both<Value>,
): Value | undefined {
  const left = ownValue(link?.declined.values ?? {}, mapping.id);
  if (!left?.discarded && !left?.otherWay) return undefined;
  const [unmoved, ...others] = sides.filter((side) => sameMeaning(mapping, left[side], present[side]));
  return unmoved && !others.length ? values[unmoved] : undefined;
}

function whyDeclined({ undone, otherWay }: DeclinedValues): HeldReason {
  if (undone) return "undone";
  return otherWay ? "other_way" : "discarded";
}

/** An undo or a transfer in one direction left it apart, a person asks for it anew, and there is a way for it. */
function isTakenUp(
  { takesUpUndone }: PlannerSettings,
  { writable }: PlannerMapping,
  { undone, otherWay }: DeclinedValues,
): boolean {
  const isAskedAnew =
    (takesUpUndone === true && undone === true) || (takesUpUndone === true && otherWay === true);
  return isAskedAnew && sides.some((side) => writable[side]);
}

/**
 * What an undo left apart and a person asks for anew: the undo agreed on what it put back, or, where one side only
 * receives, on what the other one kept. Either way the value travels that was not put back.
 */
function beforeUndone(
  { writable }: PlannerMapping,
  base: Value | undefined,
  values: Both<Value>,
): Value | undefined {
  const [receiver, ...others] = sides.filter((side) => writable[side]);
  return receiver && !others.length ? values[receiver] : base;
}

function refusedBefore(mapping: PlannerMapping, link: ObservedLink | null, to: Side, value: Value) {
  const refused = ownValue(link?.refused ?? {}, mapping.id);
  return refused?.on === to && sameMeaning(mapping, refused.value, value) ? refused : undefined;
}
