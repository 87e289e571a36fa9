import type { ConflictRow } from "@/services/conflicts/read-page";
import { isDecidable } from "./decidable";

/** A conflict as it was shown when a person began to decide it: their choice is about what they saw. */
export type Begun = {
  row: ConflictRow;
  /** They have asked for, or were told of, what it says by now: the next look is theirs. */
  lookingAgain: boolean;
};

/** With what the person shall look at next, once it is there. */
export function begunWith(begun: Begun | null, conflicts: ConflictRow[]): Begun | null {
  const now = begun && nowOf(begun, conflicts);
  return begun?.lookingAgain && now && isOvertaken(begun, now) ? { row: now, lookingAgain: false } : begun;
}

/** It says something else by now. What somebody else has decided is no longer this person's to decide, and shown as it is. */
export function isOvertaken({ row }: Begun, now: ConflictRow): boolean {
  return now.id === row.id && now.revision !== row.revision && isDecidable(now);
}

export function shownWith(begun: Begun | null, conflicts: ConflictRow[]): ConflictRow[] {
  return begun ? conflicts.map((now) => (isOvertaken(begun, now) ? begun.row : now)) : conflicts;
}

/** How many of these have closed, were decided or say something else by now. */
export function changedSince(before: ConflictRow[], now: ConflictRow[]): number {
  const same = new Map(now.filter(isDecidable).map(({ id, revision }) => [id, revision]));
  return before.filter(({ id, revision }) => same.get(id) !== revision).length;
}

function nowOf({ row }: Begun, conflicts: ConflictRow[]): ConflictRow | undefined {
  return conflicts.find(({ id }) => id === row.id);
}
