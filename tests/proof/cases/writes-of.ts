import type { RecordPlan } from "@/sync/record-plan";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";

/** Asked of the plan's own words: the proof does not lean on what it is about. */
export function writesOf(plan: RecordPlan, side: Side): Record<string, Value> {
  if (plan.kind === "pair") return plan.writes[side];
  return plan.kind === "create" && plan.on === side ? plan.fields : {};
}
