import { sameMeaning } from "./mapping-value";
import { clocksApartMs, type PastValue } from "./overwritten";
import type { PlannerMapping } from "./planner-settings";
import type { Value } from "./value";

/**
 * When the value that stands was given by a person, or by us where we gave it: a value of theirs that we put back is as
 * old as theirs. `history` is newest first.
 */
export function givenAt(mapping: PlannerMapping, history: PastValue[]): number | undefined {
  const [newest, ...earlier] = history;
  const theirs = newest?.ours ? earlier.find(({ ours }) => !ours) : undefined;
  return theirs && newest && sameMeaning(mapping, theirs.value, newest.value) ? theirs.at : newest?.at;
}

/**
 * The entry of a side's history by which it was given the shared value that we had taken over from there by `takenBy`, in
 * milliseconds of our clock. The side's may be ahead: what it dates later, within `clocksApartMs`, may be that entry, or
 * have come after it. Null where it tells of none, and where it may be one of two. `history` is newest first.
 */
export function giverOf<P extends PastValue>(
  mapping: PlannerMapping,
  history: P[],
  { value, takenBy }: { value: Value; takenBy: number },
): P | null {
  const [newest, ...earlier] = history.filter(
    (past) => !past.ours && past.at <= takenBy + clocksApartMs && sameMeaning(mapping, past.value, value),
  );
  return newest && (newest.at <= takenBy || !earlier.length) ? newest : null;
}
