import { isDeepStrictEqual } from "node:util";
import type { PlannedChange } from "@/db/schema/runs";
import { isEmpty } from "@/sync/value";

/**
 * What a plan takes away that its preview did not show: values it replaces or empties, other than those a person
 * has seen before and after. Pure. Filling what is empty takes nothing away.
 */
export function beyondPreview(shown: PlannedChange[], planned: PlannedChange[]): PlannedChange[] {
  return planned.filter(
    (change) => !isEmpty(change.before) && !shown.some((seen) => isSameChange(seen, change)),
  );
}

/** Whether a plan is still the one that was shown. */
export function isAsShown(shown: PlannedChange[], planned: PlannedChange[]): boolean {
  return (
    shown.length === planned.length &&
    planned.every((change) => shown.some((seen) => isSameChange(seen, change)))
  );
}

/** In everything that is told of them, and in the same order. */
export function areSame(shown: PlannedChange[], planned: PlannedChange[]): boolean {
  return (
    shown.length === planned.length &&
    planned.every((change, at) => {
      const seen = shown[at];
      return seen !== undefined && isSameChange(seen, change) && isToldAlike(seen, change);
    })
  );
}

function isToldAlike(a: PlannedChange, b: PlannedChange): boolean {
  return (
    a.label === b.label &&
    a.kept === b.kept &&
    a.beyond === b.beyond &&
    (a.why === b.why || isDeepStrictEqual(a.why, b.why))
  );
}

function isSameChange(a: PlannedChange, b: PlannedChange): boolean {
  return (
    a.side === b.side &&
    a.field === b.field &&
    isDeepStrictEqual(a.before, b.before) &&
    isDeepStrictEqual(a.after, b.after)
  );
}
