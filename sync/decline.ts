import type { FuseKind } from "./fuses";
import type { PlannerMapping } from "./planner-settings";
import type { PairPlan, PlanInput, RecordPlan } from "./record-plan";
import { restoreBase } from "./refused";
import { type Both, otherSide, sides } from "./side";
import { isEmpty, type Value } from "./value";

export type DeclinedPlan = { plan: RecordPlan; removal: boolean };

/**
 * The plan without the harm that a person discarded. Both sides stay as they are, and the link remembers it, so
 * that the same harm is not planned again; a value that changes after that travels as ever.
 */
export function declineHarm(
  plan: RecordPlan,
  kind: FuseKind,
  mappings: PlannerMapping[],
  input: PlanInput,
): DeclinedPlan {
  if (plan.kind === "remove" && kind === "removals") {
    const gone = otherSide(plan.on);
    return { plan: { kind: "excluded", reason: `removed_in_${gone}` }, removal: true };
  }
  if (plan.kind !== "pair" || kind === "removals") return { plan, removal: false };
  return { plan: withoutHarm(plan, kind, mappings, input), removal: false };
}

function withoutHarm(plan: PairPlan, kind: FuseKind, mappings: PlannerMapping[], input: PlanInput): PairPlan {
  const next: PairPlan = structuredClone(plan);
  for (const side of sides)
    for (const mapping of mappings) {
      const field = mapping.fields[side];
      if (!(field in plan.writes[side]) || !isHarm(kind, plan.writes[side][field], input, side, field))
        continue;
      delete next.writes[side][field];
      restoreBase(next, mapping.id);
      next.replaced = next.replaced.filter(({ mappingId }) => mappingId !== mapping.id);
      next.declined.values[mapping.id] = valuesOf(mapping, input);
      next.held.push({ mappingId: mapping.id, reason: "discarded", value: "" });
    }
  for (const side of sides) {
    const carried = mappings.some(({ fields }) => fields[side] in next.writes[side]);
    // What rode along goes with the last write that carried it, and where it would do the same harm.
    for (const [field, value] of Object.entries(next.writes[side]))
      if (!carried || isHarm(kind, value, input, side, field)) delete next.writes[side][field];
  }
  return next;
}

function isHarm(
  kind: FuseKind,
  after: Value | undefined,
  input: PlanInput,
  side: "snov" | "hubspot",
  field: string,
): boolean {
  const before = input.records[side]?.fields[field];
  if (isEmpty(before)) return false;
  if (kind === "bounces") return true;
  return kind === "blankings" ? isEmpty(after) : !isEmpty(after);
}

function valuesOf(mapping: PlannerMapping, { records }: PlanInput): Both<Value> {
  return {
    snov: records.snov?.fields[mapping.fields.snov] ?? null,
    hubspot: records.hubspot?.fields[mapping.fields.hubspot] ?? null,
  };
}
