import { sameMeaning } from "./mapping-value";
import { type FieldMerge, mergeField } from "./merge";
import type { PlannerMapping } from "./planner-settings";
import { type Policy, policies } from "./policy";
import type { Both } from "./side";
import type { Value } from "./value";

type Question = {
  base: Value | undefined;
  /** As both sides share them. */
  values: Both<Value>;
  changedAt: Both<number | undefined>;
};

/** What each policy would make of a field's two values. */
export function policyOutcomes(
  mapping: PlannerMapping,
  { base, values, changedAt }: Question,
): Record<Policy, FieldMerge> {
  const outcome = (policy: Policy) =>
    mergeField({
      same: (a, b) => sameMeaning(mapping, a, b),
      base,
      values,
      writable: mapping.writable,
      policy,
      changedAt,
      openConflict: values,
    });
  return Object.fromEntries(policies.map((policy) => [policy, outcome(policy)])) as Record<
    Policy,
    FieldMerge
  >;
}
