import { heldReasons } from "./held-reasons";
import type { PagePlan } from "./page-plan";
import type { HeldField, PlannedConflict } from "./record-plan";

/** Why a record whose sides were brought together is not all in sync. */
export type Shortfall =
  | { kind: "conflict"; conflict: PlannedConflict }
  /** The field could not travel. */
  | { kind: "failing"; field: HeldField }
  /** Nothing is wrong with it: a person chose that the field stays as it is. */
  | { kind: "left"; field: HeldField };

/** One is told of a record: what waits for a person, before what failed, before what was left. */
export function gravestShortfall(plan: PagePlan): Shortfall | null {
  const [conflict] = plan.kind === "pair" ? plan.conflicts : [];
  if (conflict) return { kind: "conflict", conflict };
  const held = plan.kind === "pair" || plan.kind === "create" ? plan.held : [];
  const failing = held.find(({ reason }) => !heldReasons[reason].left);
  if (failing) return { kind: "failing", field: failing };
  const [left] = held;
  return left ? { kind: "left", field: left } : null;
}
