import type { ConflictRow } from "@/services/conflicts/read-page";
import type { ConflictContext } from "./conflict-context";

/** Whether taking back a decision can put things as they were: not where records came, went or became a pair by it. */
export function mayTakeBack(
  { kind, outcome, resolvedById, stopped }: ConflictRow,
  { userId, manages }: Pick<ConflictContext, "userId" | "manages">,
): boolean {
  const isReversible = outcome === "apart" || (outcome === "applied" && kind === "value");
  return isReversible && !stopped && (manages || resolvedById === userId);
}
