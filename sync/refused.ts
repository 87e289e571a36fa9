import { toShared } from "./choices";
import { riddenId } from "./extras";
import { sameMeaning } from "./mapping-value";
import { ownValue } from "./own-value";
import type { PlannerMapping } from "./planner-settings";
import { type CreatePlan, isCarriedOut, type PairPlan } from "./record-plan";
import { type Side, sides } from "./side";
import type { Value } from "./value";

export type Refusal = { field: string; message: string };

/**
 * The plan as it came out where one side refused its writes: nothing was agreed on there, so that the base stays
 * what it was and the refused values are still the other side's change. `message`: what that side said.
 */
export function withoutWritesTo(
  side: Side,
  plan: PairPlan,
  mappings: PlannerMapping[],
  message?: string,
): PairPlan {
  const next: PairPlan = structuredClone(plan);
  next.writes[side] = {};
  next.replaced = plan.replaced.filter(({ on }) => on !== side);
  for (const mapping of mappings)
    if (Object.hasOwn(plan.writes[side], mapping.fields[side])) {
      restoreBase(next, mapping.id);
      reopen(next, mapping, message);
    }
  return next;
}

/**
 * The plan without the fields that one side refused: nobody agreed on them, they are held back, and the same value
 * is not sent there again. What only rode along does not travel by itself, unless `travelsAlone` says so of its field.
 */
export function withoutRefused<P extends PairPlan | CreatePlan>(
  plan: P,
  side: Side,
  refusals: Refusal[],
  mappings: PlannerMapping[],
  travelsAlone: (field: string) => boolean = () => false,
): P {
  const next: P = structuredClone(plan);
  const writes = next.kind === "pair" ? next.writes[side] : next.fields;
  for (const { field, message } of refusals) {
    const value = ownValue(writes, field);
    if (value === undefined) continue;
    delete writes[field];
    const hold = (id: string) => {
      next.held.push({ mappingId: id, reason: "refused", value: message });
      next.refused[id] = { on: side, value, message };
    };
    const carrying = mappings
      .filter(({ fields }) => fields[side] === field)
      .filter(isAgreed(next, side, value));
    if (!carrying.length) hold(riddenId(field));
    for (const mapping of carrying) {
      const { id } = mapping;
      if (next.kind === "pair") restoreBase(next, id);
      else delete next.base[id];
      if (next.kind === "pair" && reopen(next, mapping, message)) continue;
      hold(id);
      if (next.kind === "pair") next.replaced = next.replaced.filter(({ mappingId }) => mappingId !== id);
    }
  }
  const carried = mappings.some(({ fields }) => Object.hasOwn(writes, fields[side]));
  if (!carried) for (const field of Object.keys(writes)) if (!travelsAlone(field)) delete writes[field];
  return next;
}

/** Whether a mapping's own value is what is written to its field: the first status may be written to a mapped one. */
function isAgreed(
  plan: PairPlan | CreatePlan,
  side: Side,
  written: Value,
): (mapping: PlannerMapping) => boolean {
  return (mapping) => {
    const { id } = mapping;
    const isPutBack = plan.kind === "pair" && (plan.undoes?.includes(id) || Object.hasOwn(plan.resolved, id));
    const shared = toShared(mapping, side, written);
    return (
      isPutBack || (shared.kind === "value" && sameMeaning(mapping, shared.value, ownValue(plan.base, id)))
    );
  };
}

/** A person's choice that one side refused is not carried out on the other one either: its question stays open. */
function reopen(plan: PairPlan, mapping: PlannerMapping, message?: string): boolean {
  const resolved = plan.resolved[mapping.id];
  if (!resolved || !isCarriedOut(plan, mapping.id)) return false;
  plan.resolved[mapping.id] = {
    ...resolved,
    outcome: "stopped",
    reason: "refused",
    ...(message === undefined ? {} : { message }),
  };
  for (const side of sides) delete plan.writes[side][mapping.fields[side]];
  plan.replaced = plan.replaced.filter(({ mappingId }) => mappingId !== mapping.id);
  plan.conflicts = plan.conflicts.filter(({ mappingId }) => mappingId !== mapping.id);
  if (resolved.outcome === "applied") plan.conflicts.push(resolved.question);
  return true;
}

/** Takes back that the sides agree on this mapping, or that an undo has put it back. */
export function restoreBase(plan: PairPlan, mappingId: string): void {
  if (plan.undoes?.includes(mappingId)) {
    plan.undoes = plan.undoes.filter((id) => id !== mappingId);
    delete plan.declined.values[mappingId];
  }
  const base = plan.baseBefore[mappingId];
  if (base === undefined) delete plan.base[mappingId];
  else plan.base[mappingId] = base;
}
