import { ownValue } from "./own-value";
import type { ConstantWrite, PlannerSettings } from "./planner-settings";
import type { ExtraKind, ObservedLink, ObservedRecord, PairPlan } from "./record-plan";
import { type Both, otherSide, type Side } from "./side";
import { isEmpty, sameValue, type Value } from "./value";

const prefix = "ridden:";

/** What stands for the mapping of a field that no mapping carries: a constant's, or the first status'. */
export function riddenId(field: string): string {
  return prefix + field;
}

/** The other way round; undefined for the id of a mapping. */
export function riddenField(id: string): string | undefined {
  return id.startsWith(prefix) ? id.slice(prefix.length) : undefined;
}

/** A constant or the first status, as a record is given it. */
type Extra = ConstantWrite & { kind: ExtraKind };

/** What a record with these fields has not got of what records are given beside their mapped fields. */
export function lackedExtras(
  { constants, firstStatus }: PlannerSettings,
  side: Side,
  fields: Record<string, Value>,
  isSynced: boolean,
): Extra[] {
  const [constant, status] = [constants[side], firstStatus[side]];
  const lacked: Extra[] = [];
  if (constant && !sameValue(constant.type, ownValue(fields, constant.field), constant.value))
    lacked.push({ kind: "constant", ...constant });
  if (status && !isSynced && isEmpty(ownValue(fields, status.field)))
    lacked.push({ kind: "status", type: "text", ...status });
  return lacked;
}

/**
 * Constants and the first status ride on a write; they cause one only where they are still owed. What the side refused
 * of them is held back as long as it is the same.
 */
export function addExtras(
  settings: PlannerSettings,
  side: Side,
  records: Both<ObservedRecord>,
  link: ObservedLink | null,
  plan: PairPlan,
): void {
  const writes = plan.writes[side];
  const rides = Object.keys(writes).length > 0;
  const mayCause = settings.writable[side] && records[otherSide(side)].inScope;
  const isSynced = link?.firstSynced[side] === true;
  for (const { kind, field, type, value } of lackedExtras(settings, side, records[side].fields, isSynced)) {
    const isDue = rides || (mayCause && link?.owed?.[side]?.includes(kind) === true);
    if (!isDue || Object.hasOwn(writes, field)) continue;
    const id = riddenId(field);
    const refused = ownValue(link?.refused ?? {}, id);
    if (refused?.on === side && sameValue(type, refused.value, value)) {
      plan.refused[id] = refused;
      plan.held.push({ mappingId: id, reason: "refused", value: refused.message });
    } else writes[field] = value;
  }
}
