import { sameMeaning } from "./mapping-value";
import { mergeField } from "./merge";
import type { PlannerMapping } from "./planner-settings";
import type { Both } from "./side";
import type { Value } from "./value";

/** Whether a person is asked once both sides hold again what was seen: no rule settles it, nor does a direction. */
export function isAskedAgain(mapping: PlannerMapping, base: Value | undefined, seen: Both<Value>): boolean {
  if (mapping.policy !== "ask") return false;
  const merge = mergeField({
    same: (a, b) => sameMeaning(mapping, a, b),
    base,
    values: seen,
    writable: mapping.writable,
    policy: mapping.policy,
    changedAt: { snov: undefined, hubspot: undefined },
    openConflict: seen,
  });
  return merge.kind === "conflict";
}
