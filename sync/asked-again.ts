import { toShared } from "./choices";
import { sameMeaning } from "./mapping-value";
import { mergeField } from "./merge";
import type { PlannerMapping } from "./planner-settings";
import type { Both } from "./side";
import type { Value } from "./value";

/** What a person saw of a field, as both sides share it; null where one of its choices means nothing any more. */
export function sharedSeen(mapping: PlannerMapping, seen: Both<Value>): Both<Value> | null {
  const snov = toShared(mapping, "snov", seen.snov);
  const hubspot = toShared(mapping, "hubspot", seen.hubspot);
  return snov.kind === "value" && hubspot.kind === "value"
    ? { snov: snov.value, hubspot: hubspot.value }
    : null;
}

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
