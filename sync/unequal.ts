import { sharedValues } from "./choices";
import { sameMeaning } from "./mapping-value";
import { ownValue } from "./own-value";
import type { PlannerMapping, PlannerSettings } from "./planner-settings";
import type { CreatePlan, ObservedRecord, PairPlan } from "./record-plan";
import { type Both, otherSide } from "./side";
import type { Value } from "./value";

/** Field mappings of which a record that is in sync may not be called equal. */
export type Unequal = {
  /** The two sides differ once the plan is carried out, and the direction keeps them so. */
  apart: PlannerMapping[];
  /** Nobody compares them. */
  stopped: PlannerMapping[];
};

/** What the sides have once `plan` is carried out, read anew: it asks no merge why it left something. */
export function unequalFields(
  { mappings }: Pick<PlannerSettings, "mappings">,
  { snov, hubspot }: Both<Pick<ObservedRecord, "fields"> | null>,
  plan: PairPlan | CreatePlan,
): Unequal {
  const before = { snov: snov?.fields ?? {}, hubspot: hubspot?.fields ?? {} };
  const after =
    plan.kind === "create"
      ? ({ [plan.on]: plan.fields, [otherSide(plan.on)]: before[otherSide(plan.on)] } as typeof before)
      : {
          snov: { ...before.snov, ...plan.writes.snov },
          hubspot: { ...before.hubspot, ...plan.writes.hubspot },
        };
  return {
    apart: mappings.filter((mapping) => !mapping.stopped && !isAlike(mapping, after)),
    stopped: mappings.filter(({ stopped }) => stopped),
  };
}

function isAlike(mapping: PlannerMapping, records: Both<Record<string, Value>>): boolean {
  const { fields } = mapping;
  const shared = sharedValues(mapping, {
    snov: ownValue(records.snov, fields.snov) ?? null,
    hubspot: ownValue(records.hubspot, fields.hubspot) ?? null,
  });
  return shared !== null && sameMeaning(mapping, shared.snov, shared.hubspot);
}
