import { fuseBounds } from "./fuses";
import type { PlannerMapping } from "./planner-settings";
import { isCarriedOut, type PairPlan } from "./record-plan";
import { type Side, sides } from "./side";

/** When a field of a record was written in turn on one side and on the other: field mapping id → milliseconds since 1970. */
export type Turns = Record<string, { to: Side; at: number[] }>;

/** More are never asked for. */
const mostKept = fuseBounds.bounces.max + 1;

/**
 * The turns after this plan. Writes towards the same side are ordinary edits and count once; a turn counts as long as it
 * is within the window before `now`. Times are in milliseconds since 1970.
 */
export function turnsAfter(
  turns: Turns,
  plan: PairPlan,
  mappings: PlannerMapping[],
  now: number,
  windowMs: number,
): Turns {
  const next: Turns = {};
  for (const [id, { to, at }] of Object.entries(turns)) {
    const recent = at.filter((time) => now - time < windowMs);
    if (recent.length) next[id] = { to, at: recent };
  }
  for (const side of sides)
    for (const mapping of mappings) {
      if (!maySwing(plan, mapping, side)) continue;
      const last = next[mapping.id];
      if (last?.to !== side) next[mapping.id] = { to: side, at: [...(last?.at ?? []), now].slice(-mostKept) };
    }
  return next;
}

/** What a person chose is written to both sides, and is nobody's echo. */
export function maySwing(plan: PairPlan, { id, fields }: PlannerMapping, to: Side): boolean {
  return Object.hasOwn(plan.writes[to], fields[to]) && !isCarriedOut(plan, id);
}

/** Ids of the mappings whose field went back and forth more often than allowed. */
export function bouncingMappings(turns: Turns, limit: number): Set<string> {
  return new Set(Object.keys(turns).filter((id) => (turns[id]?.at.length ?? 0) > limit));
}

/** The most turns of a field that this plan writes: what rests goes back and forth no more. */
export function mostTurns(turns: Turns, plan: PairPlan, mappings: PlannerMapping[]): number {
  const written = mappings.filter((mapping) => sides.some((side) => maySwing(plan, mapping, side)));
  return Math.max(0, ...written.map(({ id }) => turns[id]?.at.length ?? 0));
}
