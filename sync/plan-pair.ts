import { addExtras } from "./extras";
import { keepDeclined, planField } from "./plan-field";
import type { PlannerSettings } from "./planner-settings";
import type { ObservedRecord, PairPlan, PlanInput, RecordPlan } from "./record-plan";
import { type Both, otherSide, sides } from "./side";

/** Two records that belong together, field by field: each one is decided by itself, and one that cannot travel holds back no other. */
export function planPair(
  settings: PlannerSettings,
  input: PlanInput,
  records: Both<ObservedRecord>,
): RecordPlan {
  if (!mayTravel(settings, records)) return { kind: "excluded", reason: "out_of_scope" };
  const plan: PairPlan = {
    kind: "pair",
    writes: { snov: {}, hubspot: {} },
    base: { ...input.link?.base },
    baseBefore: { ...input.link?.base },
    conflicts: [],
    held: [],
    replaced: [],
    declined: { removal: false, values: {} },
    refused: {},
    resolved: {},
  };
  for (const mapping of settings.mappings)
    if (mapping.stopped) keepDeclined(input.link, mapping, plan);
    else planField(settings, input, records, mapping, plan);
  for (const side of sides) addExtras(settings, side, records, input.link, plan);
  return plan;
}

function mayTravel(settings: PlannerSettings, records: Both<ObservedRecord>): boolean {
  return sides.some((side) => settings.writable[side] && records[otherSide(side)].inScope);
}
