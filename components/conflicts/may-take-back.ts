import type { ConflictRow } from "@/services/conflicts/read-page";
import type { ConflictContext } from "./conflict-context";

type Person = Pick<ConflictContext, "userId" | "manages">;

/** One's own choices, and everybody's for owners and admins. */
export function isTheirsToTakeBack({ resolvedById }: ConflictRow, { userId, manages }: Person): boolean {
  return manages || resolvedById === userId;
}

/** Whether taking back a decision can put things as they were, and is this person's to do. */
export function mayTakeBack(conflict: ConflictRow, person: Person): boolean {
  return conflict.reversible && !conflict.stopped && isTheirsToTakeBack(conflict, person);
}
