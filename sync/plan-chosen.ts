import { isAskedAgain } from "./asked-again";
import { sharedValues } from "./choices";
import { type FieldTravel, fieldTravel } from "./field-travel";
import { sameMeaning } from "./mapping-value";
import { mergeChosen } from "./merge";
import type { FieldCase } from "./plan-field";
import type { PairPlan, PlannedConflict, ResolvedField } from "./record-plan";
import type { Chosen, FieldResolution, StopReason } from "./resolution";
import { type Both, type Side, sides } from "./side";
import type { Value } from "./value";

/**
 * A person's choice about one field. Its invariants:
 * - it is carried out as a whole, on every side that needs it, or not at all;
 * - what keeps it from being carried out is told, and the field goes by the ordinary rules;
 * - taken back, both sides have what was seen, and the question is open again; where a rule would settle it at once,
 *   the choice stands.
 * True where it is carried out.
 */
export function planChosen(
  field: FieldCase,
  chosen: Chosen,
  arrived: Value | undefined,
  plan: PairPlan,
): boolean {
  const { mapping, values, present } = field;
  const same = (a: Value | undefined, b: Value | undefined) => sameMeaning(mapping, a, b);
  const isAgreed =
    same(values.snov, values.hubspot) && (chosen.kind === "leave" || same(values.snov, chosen.value));
  // Neither side may be written: nothing is left to choose.
  if (!isAgreed && sides.every((side) => !mapping.writable[side])) return false;
  const merge = isAgreed
    ? ({ kind: "agreed" } as const)
    : mergeChosen({ same, values, writable: mapping.writable }, chosen);
  const question = questionOf(field, plan);
  const stopped = merge.kind === "settle" ? write(field, merge.to, () => merge.value, plan) : null;
  if (stopped || merge.kind === "one_way") {
    tell(field, "stopped", question, plan, stopped ?? "one_way");
    return false;
  }
  if (arrived !== undefined) plan.baseBefore[mapping.id] = arrived;
  switch (merge.kind) {
    case "agreed":
      plan.base[mapping.id] = values.snov;
      break;
    case "settle":
      plan.base[mapping.id] = merge.value;
      break;
    case "left":
      plan.base[mapping.id] = merge.base;
      break;
    case "declined":
      if (arrived !== undefined) plan.base[mapping.id] = arrived;
      plan.declined.values[mapping.id] = present;
      plan.held.push({ mappingId: mapping.id, reason: "discarded", value: "" });
  }
  tell(field, "applied", question, plan);
  return true;
}

/** True where the choice is taken back. */
export function planTakingBack(
  field: FieldCase,
  { seen }: FieldResolution,
  base: Value | undefined,
  plan: PairPlan,
): boolean {
  const { mapping, values, present } = field;
  const question = questionOf(field, plan);
  const original = sharedValues(mapping, seen);
  if (!original) {
    tell(field, "stopped", question, plan, "choice_not_mapped");
    return false;
  }
  const same = (a: Value | undefined, b: Value | undefined) => sameMeaning(mapping, a, b);
  const behind = sides.filter((side) => !same(values[side], original[side]));
  const stopped = !isAskedAgain(mapping, base, original)
    ? "rule"
    : behind.some((side) => !mapping.writable[side])
      ? "one_way"
      : write(field, behind, (side) => original[side], plan);
  if (stopped) {
    tell(field, "stopped", question, plan, stopped);
    return false;
  }
  if (base === undefined) delete plan.base[mapping.id];
  else plan.base[mapping.id] = base;
  const after = { ...present };
  for (const side of behind) after[side] = plan.writes[side][mapping.fields[side]] ?? null;
  plan.conflicts.push({ kind: "value", mappingId: mapping.id, base, values: after });
  tell(field, "undone", question, plan);
  return true;
}

export function tellMoved(field: FieldCase, plan: PairPlan): void {
  tell(field, "moved", questionOf(field, plan), plan);
}

/** Writes all of it, or says what keeps it back. */
function write(
  field: FieldCase,
  to: Side[],
  valueFor: (side: Side) => Value,
  plan: PairPlan,
): StopReason | null {
  const { mapping, present } = field;
  const travels = to.map((side) => ({ side, travel: fieldTravel(field, side, valueFor(side)) }));
  for (const { travel } of travels) if (travel.kind !== "fits") return reasonOf(travel);
  for (const { side, travel } of travels) {
    if (travel.kind !== "fits") continue;
    plan.writes[side][mapping.fields[side]] = travel.value;
    plan.replaced.push({ mappingId: mapping.id, on: side, value: present[side], why: "resolution" });
  }
  return null;
}

function reasonOf(travel: Exclude<FieldTravel, { kind: "fits" }>): StopReason {
  return travel.kind === "taken" ? "address_taken" : travel.reason;
}

function questionOf({ mapping, present }: FieldCase, plan: PairPlan): PlannedConflict {
  return { kind: "value", mappingId: mapping.id, base: plan.base[mapping.id], values: present };
}

function tell(
  { mapping }: FieldCase,
  outcome: ResolvedField["outcome"],
  question: PlannedConflict,
  plan: PairPlan,
  reason?: StopReason,
): void {
  const fields: Both<string> = mapping.fields;
  plan.resolved[mapping.id] = { outcome, ...(reason ? { reason } : {}), fields, question };
}
