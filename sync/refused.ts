import type { PlannerMapping } from "./planner-settings";
import type { PairPlan } from "./record-plan";
import type { Side } from "./side";

/**
 * The plan as it came out where one side refused its writes: nothing was agreed on there, so that the base stays
 * what it was and the refused values are still the other side's change.
 */
export function withoutWritesTo(side: Side, plan: PairPlan, mappings: PlannerMapping[]): PairPlan {
  const next: PairPlan = { ...plan, writes: { ...plan.writes, [side]: {} }, base: { ...plan.base } };
  for (const { id, fields } of mappings)
    if (Object.hasOwn(plan.writes[side], fields[side])) restoreBase(next, id);
  next.replaced = plan.replaced.filter(({ on }) => on !== side);
  return next;
}

/** Takes back that the sides agree on this mapping. */
export function restoreBase(plan: PairPlan, mappingId: string): void {
  const base = plan.baseBefore[mappingId];
  if (base === undefined) delete plan.base[mappingId];
  else plan.base[mappingId] = base;
}
