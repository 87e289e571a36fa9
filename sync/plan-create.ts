import { choiceOf, fromShared, toShared } from "./choices";
import { ownValue } from "./own-value";
import type { PlannerSettings } from "./planner-settings";
import type { HeldField, ObservedRecord, RecordPlan } from "./record-plan";
import { otherSide, type Side } from "./side";
import { isEmpty, type Value } from "./value";

/** The partner of a record that has none on the side `on`, or why it gets none. */
export function planCreate(settings: PlannerSettings, on: Side, source: ObservedRecord): RecordPlan {
  const from = otherSide(on);
  if (!settings.writable[on] || !settings.capabilities[on].create)
    return { kind: "excluded", reason: "direction" };
  const identity = settings.mappings.find((mapping) => mapping.identity);
  if (!identity || isEmpty(ownValue(source.fields, identity.fields[from])))
    return { kind: "excluded", reason: "no_email" };
  if (!source.inScope) return { kind: "excluded", reason: "out_of_scope" };

  const fields: Record<string, Value> = {};
  const base: Record<string, Value> = {};
  const held: HeldField[] = [];
  for (const mapping of settings.mappings) {
    if (mapping.stopped) continue;
    if (!mapping.writable[on]) {
      // The new record has nothing there yet: what comes from it later counts as its edit.
      base[mapping.id] = null;
      continue;
    }
    const value = ownValue(source.fields, mapping.fields[from]);
    if (value === undefined) {
      held.push({ mappingId: mapping.id, reason: "field_missing", value: mapping.fields[from] });
      continue;
    }
    if (isEmpty(value)) {
      base[mapping.id] = null;
      continue;
    }
    const shared = toShared(mapping, from, value);
    const own = shared.kind === "value" ? fromShared(mapping, on, shared.value, null) : shared;
    if (shared.kind === "unmapped" || own.kind === "unmapped") {
      held.push({ mappingId: mapping.id, reason: "choice_not_mapped", value: choiceOf(shared, own) });
      continue;
    }
    fields[mapping.fields[on]] = own.value;
    base[mapping.id] = shared.value;
  }
  for (const extra of [settings.constants[on], settings.firstStatus[on]])
    if (extra && !Object.hasOwn(fields, extra.field)) fields[extra.field] = extra.value;
  return { kind: "create", on, fields, base, held, refused: {} };
}
