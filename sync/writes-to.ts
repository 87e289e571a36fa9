import type { PagePlan } from "./page-plan";
import type { Side } from "./side";
import type { Value } from "./value";

/** What a plan gives the record of a side, by field. Null where it writes nothing there; a record that it makes, it writes. */
export function writesTo(plan: PagePlan, side: Side): Record<string, Value> | null {
  if (plan.kind === "create") return plan.on === side ? plan.fields : null;
  return plan.kind === "pair" && Object.keys(plan.writes[side]).length ? plan.writes[side] : null;
}
