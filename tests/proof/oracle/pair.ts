import type { PlannerMapping, PlannerSettings } from "@/sync/planner-settings";
import type {
  DeclinedValues,
  HeldReason,
  ObservedRecord,
  PairPlan,
  PlanInput,
  RecordPlan,
} from "@/sync/record-plan";
import { type Both, otherSide, type Side } from "@/sync/side";
import type { FieldType, Value } from "@/sync/value";
import { type Carriage, isAnswered } from "./answer";
import { type Decision, decide, knownBase } from "./field";
import { isUnmapped, means, nothing, own, shared } from "./meaning";

type Records = Both<ObservedRecord>;

export function expectedPair(settings: PlannerSettings, input: PlanInput, records: Records): RecordPlan {
  const outward = settings.writable.hubspot && records.snov.inScope;
  const inward = settings.writable.snov && records.hubspot.inScope;
  if (!outward && !inward) return { kind: "excluded", reason: "out_of_scope" };

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
    if (mapping.stopped || !isComparable(mapping, records)) {
      const declined = input.link?.declined.values[mapping.id];
      if (declined !== undefined) plan.declined.values[mapping.id] = declined;
    }
  for (const mapping of settings.mappings)
    if (!mapping.stopped) planField(settings, input, records, mapping, plan);
  addExtras(settings, input, records, "snov", plan);
  addExtras(settings, input, records, "hubspot", plan);
  return plan;
}

/** Both records have the field, and its choices mean something to both. */
function isComparable(mapping: PlannerMapping, records: Records): boolean {
  const snov = records.snov.fields[mapping.fields.snov];
  const hubspot = records.hubspot.fields[mapping.fields.hubspot];
  if (snov === undefined || hubspot === undefined) return false;
  return !isUnmapped(shared(mapping, "snov", snov)) && !isUnmapped(shared(mapping, "hubspot", hubspot));
}

function planField(
  settings: PlannerSettings,
  input: PlanInput,
  records: Records,
  mapping: PlannerMapping,
  plan: PairPlan,
): void {
  const mappingId = mapping.id;
  const snovOwn = records.snov.fields[mapping.fields.snov];
  const hubspotOwn = records.hubspot.fields[mapping.fields.hubspot];
  if (snovOwn === undefined) {
    plan.held.push({ mappingId, reason: "field_missing", value: mapping.fields.snov });
    return;
  }
  if (hubspotOwn === undefined) {
    plan.held.push({ mappingId, reason: "field_missing", value: mapping.fields.hubspot });
    return;
  }
  const snov = shared(mapping, "snov", snovOwn);
  const hubspot = shared(mapping, "hubspot", hubspotOwn);
  if (isUnmapped(snov)) {
    plan.held.push({ mappingId, reason: "choice_not_mapped", value: snov.unmapped });
    return;
  }
  if (isUnmapped(hubspot)) {
    plan.held.push({ mappingId, reason: "choice_not_mapped", value: hubspot.unmapped });
    return;
  }
  const values = { snov: snov.value, hubspot: hubspot.value };
  const owns = { snov: snovOwn, hubspot: hubspotOwn };
  const carry = (to: Side, value: Value) => carriage(settings, input, records, mapping, owns, to, value);
  if (isAnswered({ input, mapping, owns, values, carry }, plan)) return;
  const { snov: toSnov, hubspot: toHubspot } = mapping.writable;
  const known = input.link?.declined.values[mappingId];
  const declined =
    known && means(mapping, known.snov, snovOwn) && means(mapping, known.hubspot, hubspotOwn) ? known : null;
  const askedAnew =
    (declined?.undone || declined?.otherWay) && settings.takesUpUndone && (toSnov || toHubspot);
  if (declined && !askedAnew) {
    plan.declined.values[mappingId] = declined;
    plan.held.push({ mappingId, reason: reasonOf(declined), value: "" });
    return;
  }
  const isBack = askedAnew && declined?.undone;
  let base = isBack ? input.link?.base[mappingId] : knownBase(mapping, values, input, owns);
  if (isBack && toSnov !== toHubspot) base = toSnov ? values.snov : values.hubspot;
  if (base !== undefined) {
    plan.base[mappingId] = base;
    plan.baseBefore[mappingId] = base;
  }
  const decision = decide({
    mapping,
    values,
    base,
    recorded: input.openConflicts[mappingId],
    changedAt: {
      snov: records.snov.changedAt?.[mapping.fields.snov],
      hubspot: records.hubspot.changedAt?.[mapping.fields.hubspot],
    },
  });
  carryOut(settings, input, records, mapping, owns, values, decision, plan);
  if (declined && plan.held.some((field) => field.mappingId === mappingId))
    plan.declined.values[mappingId] = declined;
}

function reasonOf({ undone, otherWay }: DeclinedValues): HeldReason {
  if (undone) return "undone";
  return otherWay ? "other_way" : "discarded";
}

function carryOut(
  settings: PlannerSettings,
  input: PlanInput,
  records: Records,
  mapping: PlannerMapping,
  owns: Both<Value>,
  values: Both<Value>,
  decision: Decision,
  plan: PairPlan,
): void {
  const mappingId = mapping.id;
  if (decision.do === "leave") return;
  if (decision.do === "agree") {
    plan.base[mappingId] = decision.base;
    return;
  }
  if (decision.do === "ask") {
    plan.conflicts.push({ kind: "value", mappingId, base: plan.base[mappingId], values: owns });
    return;
  }
  const to = decision.to;
  const value = values[otherSide(to)];
  const before = owns[to];
  const carried = carriage(settings, input, records, mapping, owns, to, value);
  if ("held" in carried) {
    plan.held.push({ mappingId, reason: carried.held, value: carried.about });
    return;
  }
  if ("owner" in carried) {
    plan.conflicts.push({ kind: "same_address", mappingId, on: to, otherId: carried.owner, values: owns });
    return;
  }
  const refused = input.link?.refused[mappingId];
  if (refused && refused.on === to && means(mapping, refused.value, carried.own)) {
    plan.refused[mappingId] = refused;
    plan.held.push({ mappingId, reason: "refused", value: refused.message });
    return;
  }
  plan.writes[to][mapping.fields[to]] = carried.own;
  plan.base[mappingId] = value;
  if (decision.why === "policy" || decision.why === "source")
    plan.replaced.push({ mappingId, on: to, value: before, why: decision.why });
}

/** How a value would arrive on a side, or why it does not. */
function carriage(
  settings: PlannerSettings,
  input: PlanInput,
  records: Records,
  mapping: PlannerMapping,
  owns: Both<Value>,
  to: Side,
  value: Value,
): Carriage {
  const about = String(owns[to]);
  if (!records[otherSide(to)].inScope) return { held: "out_of_scope", about };
  if (nothing(value) && mapping.identity) return { held: "email_removed", about };
  if (nothing(value) && !settings.capabilities[to].clear) return { held: "cannot_clear", about };
  const owner = input.addressOwners[to][String(value).trim().toLowerCase()];
  if (mapping.identity && owner !== undefined) return { owner };
  const written = own(mapping, to, value, owns[to]);
  if (isUnmapped(written)) return { held: "choice_not_mapped", about: written.unmapped };
  return { own: written.value };
}

function addExtras(
  settings: PlannerSettings,
  input: PlanInput,
  records: Records,
  side: Side,
  plan: PairPlan,
): void {
  const { link } = input;
  const writes = plan.writes[side];
  const rides = Object.keys(writes).length > 0;
  const isOpen = settings.writable[side] && records[otherSide(side)].inScope;
  const owed = (isOpen && link?.owed?.[side]) || [];
  const given = records[side].fields;
  const give = (field: string, type: FieldType, value: Value) => {
    const mappingId = `ridden:${field}`;
    const refused = link?.refused[mappingId];
    if (!refused || refused.on !== side || !means({ type, identity: false }, refused.value, value)) {
      writes[field] = value;
      return;
    }
    plan.refused[mappingId] = refused;
    plan.held.push({ mappingId, reason: "refused", value: refused.message });
  };
  const constant = settings.constants[side];
  if (constant && (rides || owed.includes("constant")) && !Object.hasOwn(writes, constant.field)) {
    const { field, type, value } = constant;
    if (!means({ type, identity: false }, given[field], value)) give(field, type, value);
  }
  const status = settings.firstStatus[side];
  if (status && (rides || owed.includes("status")) && !Object.hasOwn(writes, status.field))
    if (!link?.firstSynced[side] && nothing(given[status.field])) give(status.field, "text", status.value);
}
