import { fromShared, toShared } from "./choices";
import { sameMeaning } from "./mapping-value";
import { ownValue } from "./own-value";
import { planRecord } from "./plan";
import type { PlannerMapping, PlannerSettings } from "./planner-settings";
import type { ExclusionReason, HeldReason, PlanInput, RecordPlan, ReplacedValue } from "./record-plan";
import { type Both, type Side, sides } from "./side";
import type { Value } from "./value";

/** What the planner would do about one field if a person changed it. */
export type FieldForecast =
  /** `why`: a person's value is replaced by it. */
  | { kind: "travels"; to: Side; why: ReplacedValue["why"] | null }
  /** A record is made on that side, with the value or without it. */
  | { kind: "creates"; on: Side; carried: boolean }
  | { kind: "asks" }
  /** Which of the two changes came later decides. */
  | { kind: "latest" }
  /** Both sides keep what they have. */
  | { kind: "stays" }
  | { kind: "held"; reason: HeldReason; value: string }
  | { kind: "excluded"; reason: ExclusionReason }
  /** Something else comes first: the record itself is in dispute, or is being removed or restored. */
  | { kind: "record"; plan: Exclude<RecordPlan["kind"], "pair" | "create" | "excluded"> };

/** Null where there is no record on that side to change, or no other value that it could be changed to. */
export type FieldForecasts = Both<FieldForecast | null> & { both: FieldForecast | null };

/**
 * Asks the planner about values that nobody has entered: one side's change, the other's, and both at once. It knows
 * no rule of its own; whatever the planner decides about the observed record with another value in it is the answer.
 */
export function forecastField(
  settings: PlannerSettings,
  input: PlanInput,
  mapping: PlannerMapping,
): FieldForecasts {
  const [one, another] = otherValues(mapping, input);
  const ask = (values: Partial<Both<Value>>, later: Side) =>
    forecastOf(mapping, planRecord(settings, withValues(input, mapping, values, later)));
  const alone = (side: Side) => (one && input.records[side] ? ask({ [side]: one[side] }, side) : null);
  return { snov: alone("snov"), hubspot: alone("hubspot"), both: atOnce() };

  function atOnce(): FieldForecast | null {
    if (!one || !another || !sides.every((side) => input.records[side])) return null;
    const [first, second] = sides.map((later) => ask({ snov: one.snov, hubspot: another.hubspot }, later));
    const isSame = JSON.stringify(first) === JSON.stringify(second);
    return (isSame ? first : { kind: "latest" as const }) ?? null;
  }
}

function withValues(
  input: PlanInput,
  { fields }: PlannerMapping,
  values: Partial<Both<Value>>,
  later: Side,
): PlanInput {
  const next = structuredClone(input);
  for (const side of sides) {
    const [record, value] = [next.records[side], values[side]];
    if (!record || value === undefined) continue;
    record.fields[fields[side]] = value;
    const now = Math.max(0, ...sides.flatMap((one) => Object.values(input.records[one]?.changedAt ?? {})));
    record.changedAt = { ...record.changedAt, [fields[side]]: now + (side === later ? 2 : 1) };
  }
  return next;
}

function forecastOf(mapping: PlannerMapping, plan: RecordPlan): FieldForecast {
  const { id, fields } = mapping;
  if (plan.kind === "excluded") return plan;
  if (plan.kind === "create") {
    const held = plan.held.find(({ mappingId }) => mappingId === id);
    return { kind: "creates", on: plan.on, carried: !held && Object.hasOwn(plan.fields, fields[plan.on]) };
  }
  if (plan.kind !== "pair") return { kind: "record", plan: plan.kind };
  if (plan.conflicts.some(({ mappingId }) => mappingId === id)) return { kind: "asks" };
  const held = plan.held.find(({ mappingId }) => mappingId === id);
  if (held) return { kind: "held", reason: held.reason, value: held.value };
  const to = sides.find((side) => Object.hasOwn(plan.writes[side], fields[side]));
  if (!to) return { kind: "stays" };
  const why = plan.replaced.find(({ mappingId }) => mappingId === id)?.why ?? null;
  return { kind: "travels", to, why };
}

/** Two values that neither side has, nor had when the two last agreed, each as the sides would hold it. */
function otherValues(mapping: PlannerMapping, { records, link }: PlanInput): Both<Value>[] {
  const held = sides.flatMap((side) => {
    const own = ownValue(records[side]?.fields ?? {}, mapping.fields[side]);
    const shared = own === undefined ? null : toShared(mapping, side, own);
    return shared?.kind === "value" ? [shared.value] : [];
  });
  const known = [...held, ownValue(link?.base ?? {}, mapping.id)];
  return examples(mapping)
    .filter((value) => !known.some((one) => sameMeaning(mapping, one, value)))
    .flatMap((value) => {
      const [snov, hubspot] = sides.map((side) => fromShared(mapping, side, value, null));
      return snov?.kind === "value" && hubspot?.kind === "value"
        ? [{ snov: snov.value, hubspot: hubspot.value }]
        : [];
    });
}

/** Shared values of a mapping's type, more than a record can know already, where the type has so many. */
function examples({ type, identity, choices }: PlannerMapping): Value[] {
  const numbers = ["1", "2", "3", "4", "5"];
  const mapped = [...new Set(Object.values(choices.snov ?? choices.hubspot ?? {}))];
  switch (type) {
    case "boolean":
      return [true, false];
    case "number":
      return numbers;
    case "date":
      return numbers.map((n) => `2001-01-0${n}`);
    case "datetime":
      return numbers.map((n) => `2001-01-0${n}T00:00:00.000Z`);
    case "choice":
      return mapped;
    case "choices":
      return mapped.map((choice) => [choice]);
    case "text":
      return numbers.map((n) => (identity ? `somebody-else-${n}@example.invalid` : `something else ${n}`));
  }
}
