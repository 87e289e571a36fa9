import type { ConflictRow } from "@/services/conflicts/read-page";
import type { ConflictContext } from "./conflict-context";

const lastingReasons: ReadonlySet<string> = new Set(["changed", "email_removed"]);

type Person = Pick<ConflictContext, "userId" | "manages">;

/** One's own choices, and everybody's for owners and admins. */
export function isTheirsToTakeBack({ resolvedById }: ConflictRow, { userId, manages }: Person): boolean {
  return manages || resolvedById === userId;
}

/**
 * Whether taking back a decision can put things as they were: not where records came, went or became a pair by it, or
 * the field has changed since. What stood against it once may be gone by now.
 */
export function mayTakeBack(conflict: ConflictRow, person: Person): boolean {
  const { kind, outcome, stopped, stopReason } = conflict;
  const mayBeGone = outcome === "kept" && stopReason !== null && !lastingReasons.has(stopReason);
  const isReversible = outcome === "apart" || (kind === "value" && (outcome === "applied" || mayBeGone));
  return isReversible && !stopped && isTheirsToTakeBack(conflict, person);
}
