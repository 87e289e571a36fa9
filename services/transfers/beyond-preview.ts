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

function isSameChange(a: PlannedChange, b: PlannedChange): boolean {
  return (
    a.side === b.side &&
    a.field === b.field &&
    isDeepStrictEqual(a.before, b.before) &&
    isDeepStrictEqual(a.after, b.after)
  );
}
