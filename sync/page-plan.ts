import type { RecordPlan } from "./record-plan";
import type { Side } from "./side";

/** What a page does to one record: what the planner says, or what only the page can know. */
export type PagePlan =
  | RecordPlan
  /** Something moved under our hands: nothing is concluded from what was seen. */
  | { kind: "look_again" }
  /** The prospect is gone, and its contact goes on with another one: the link ends, the contact stays. */
  | { kind: "outlived" }
  /** What a transfer created on that side is moved to the recycle bin; its partner stays as it is. */
  | { kind: "take_back"; on: Side };

/** A plan of the planner's. */
export function isOrdinary(plan: PagePlan): plan is RecordPlan {
  return plan.kind !== "look_again" && plan.kind !== "outlived" && plan.kind !== "take_back";
}
