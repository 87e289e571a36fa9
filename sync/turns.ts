import type { PlannerMapping } from "./planner-settings";
import type { PairPlan } from "./record-plan";
import { type Side, sides } from "./side";

/** How often a field of a record was written in turn on one side and on the other: field mapping id → count. */
export type Turns = Record<string, { to: Side; count: number; since: number }>;

/**
 * The turns after this plan. Writes towards the same side are ordinary edits and count once; a count that began
 * longer ago than the window begins anew. Times are in milliseconds since 1970.
 */
export function turnsAfter(
  turns: Turns,
  plan: PairPlan,
  mappings: PlannerMapping[],
  now: number,
  windowMs: number,
): Turns {
  const recent = Object.entries(turns).filter(([, { since }]) => now - since < windowMs);
  const next: Turns = Object.fromEntries(recent);
  for (const side of sides)
    for (const mapping of mappings) {
      if (!Object.hasOwn(plan.writes[side], mapping.fields[side])) continue;
      const last = next[mapping.id];
      if (!last) next[mapping.id] = { to: side, count: 1, since: now };
      else if (last.to !== side) next[mapping.id] = { ...last, to: side, count: last.count + 1 };
    }
  return next;
}

/** Ids of the mappings whose field went back and forth more often than allowed. */
export function bouncingMappings(turns: Turns, limit: number): Set<string> {
  return new Set(Object.keys(turns).filter((id) => (turns[id]?.count ?? 0) > limit));
}

/** The most turns of a field that this plan writes: what rests goes back and forth no more. */
export function mostTurns(turns: Turns, plan: PairPlan, mappings: PlannerMapping[]): number {
  const written = mappings.filter(({ fields }) =>
    sides.some((side) => Object.hasOwn(plan.writes[side], fields[side])),
  );
  return Math.max(0, ...written.map(({ id }) => turns[id]?.count ?? 0));
}
