import { ownValue } from "./own-value";
import type { PlannerSettings } from "./planner-settings";
import type { PlanInput, RecordPlan } from "./record-plan";
import { type Both, type Side, sides } from "./side";
import { isEmpty, type Value } from "./value";

/** What a plan leaves open that a closer look at a side could settle. */
export type SecondLook = {
  /** Fields whose time of change decides a conflict and is not known. */
  changeTimes: Both<string[]>;
  /** An address about to be written: does another record of that side own it? */
  addresses: Both<string | null>;
};

/** Null where the plan stands as it is. */
export function secondLook(settings: PlannerSettings, input: PlanInput, plan: RecordPlan): SecondLook | null {
  if (plan.kind !== "pair") return null;
  const look: SecondLook = {
    changeTimes: { snov: [], hubspot: [] },
    addresses: { snov: null, hubspot: null },
  };
  for (const mapping of settings.mappings)
    for (const side of sides) {
      const field = mapping.fields[side];
      const asks = plan.conflicts.some(({ kind, mappingId }) => kind === "value" && mappingId === mapping.id);
      if (asks && mapping.policy === "most_recent" && knowsNoTime(input, side, field))
        look.changeTimes[side].push(field);
      const address: Value | undefined = mapping.identity ? ownValue(plan.writes[side], field) : undefined;
      if (typeof address === "string" && !isEmpty(address)) look.addresses[side] = address;
    }
  const nothing = sides.every((side) => !look.changeTimes[side].length && look.addresses[side] === null);
  return nothing ? null : look;
}

function knowsNoTime({ records }: PlanInput, side: Side, field: string): boolean {
  return ownValue(records[side]?.changedAt ?? {}, field) === undefined;
}
