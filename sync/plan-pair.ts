import { ownValue } from "./own-value";
import { keepDeclined, planField } from "./plan-field";
import type { PlannerSettings } from "./planner-settings";
import type { ExtraKind, ObservedLink, ObservedRecord, PairPlan, PlanInput, RecordPlan } from "./record-plan";
import { type Both, otherSide, type Side, sides } from "./side";
import { isEmpty, sameValue, type Value } from "./value";

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
  for (const side of sides) addExtras(settings, side, plan.writes[side], records, input.link);
  return plan;
}

/** Constants and the first status ride on a write; they cause one only where they are still owed. */
function addExtras(
  settings: PlannerSettings,
  side: Side,
  writes: Record<string, Value>,
  records: Both<ObservedRecord>,
  link: ObservedLink | null,
): void {
  const record = records[side];
  const rides = Object.keys(writes).length > 0;
  const mayCause = settings.writable[side] && records[otherSide(side)].inScope;
  const isDue = (kind: ExtraKind) => rides || (mayCause && link?.owed?.[side]?.includes(kind) === true);
  const constant = settings.constants[side];
  if (
    constant &&
    isDue("constant") &&
    !Object.hasOwn(writes, constant.field) &&
    !sameValue(constant.type, ownValue(record.fields, constant.field), constant.value)
  )
    writes[constant.field] = constant.value;
  const status = settings.firstStatus[side];
  if (
    status &&
    isDue("status") &&
    !link?.firstSynced[side] &&
    !Object.hasOwn(writes, status.field) &&
    isEmpty(ownValue(record.fields, status.field))
  )
    writes[status.field] = status.value;
}

function mayTravel(settings: PlannerSettings, records: Both<ObservedRecord>): boolean {
  return sides.some((side) => settings.writable[side] && records[otherSide(side)].inScope);
}
