import type { PlannerSettings } from "@/sync/planner-settings";
import type { HeldField, ObservedRecord, RecordPlan } from "@/sync/record-plan";
import { otherSide, type Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { isUnmapped, nothing, own, shared } from "./meaning";

export function expectedCreate(settings: PlannerSettings, on: Side, source: ObservedRecord): RecordPlan {
  const from = otherSide(on);
  if (!settings.writable[on] || !settings.capabilities[on].create)
    return { kind: "excluded", reason: "direction" };
  const identity = settings.mappings.find((mapping) => mapping.identity);
  if (!identity || nothing(source.fields[identity.fields[from]]))
    return { kind: "excluded", reason: "no_email" };
  if (!source.inScope) return { kind: "excluded", reason: "out_of_scope" };

  const fields: Record<string, Value> = {};
  const base: Record<string, Value> = {};
  const held: HeldField[] = [];
  for (const mapping of settings.mappings) {
    if (mapping.stopped) continue;
    if (!mapping.writable[on]) {
      base[mapping.id] = null;
      continue;
    }
    const value = source.fields[mapping.fields[from]];
    if (value === undefined) {
      held.push({ mappingId: mapping.id, reason: "field_missing", value: mapping.fields[from] });
      continue;
    }
    if (nothing(value)) {
      base[mapping.id] = null;
      continue;
    }
    const meant = shared(mapping, from, value);
    if (isUnmapped(meant)) {
      held.push({ mappingId: mapping.id, reason: "choice_not_mapped", value: meant.unmapped });
      continue;
    }
    const written = own(mapping, on, meant.value, null);
    if (isUnmapped(written)) {
      held.push({ mappingId: mapping.id, reason: "choice_not_mapped", value: written.unmapped });
      continue;
    }
    fields[mapping.fields[on]] = written.value;
    base[mapping.id] = meant.value;
  }
  for (const extra of [settings.constants[on], settings.firstStatus[on]])
    if (extra !== null && !Object.hasOwn(fields, extra.field)) fields[extra.field] = extra.value;
  return { kind: "create", on, fields, base, held, refused: {} };
}
