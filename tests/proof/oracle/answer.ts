import type { PlannerMapping } from "@/sync/planner-settings";
import type { PairPlan, PlanInput } from "@/sync/record-plan";
import type { FieldResolution, StopReason } from "@/sync/resolution";
import type { Both, Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { knownBase } from "./field";
import { isUnmapped, means, nothing, shared } from "./meaning";

export type Carriage =
  | { own: Value }
  | { held: "out_of_scope" | "email_removed" | "cannot_clear" | "choice_not_mapped"; about: string }
  | { owner: string };

type Asked = {
  input: PlanInput;
  mapping: PlannerMapping;
  owns: Both<Value>;
  values: Both<Value>;
  carry: (to: Side, value: Value) => Carriage;
};

/** What a person answered about the field, if it is still about these values. */
export function isAnswered(asked: Asked, plan: PairPlan): boolean {
  const { input, mapping, values, owns } = asked;
  const resolution = input.resolutions[mapping.id];
  if (!resolution) return false;
  if (hasMoved(mapping, resolution, values)) {
    const question = questionOf(asked, input.link?.base[mapping.id]);
    plan.resolved[mapping.id] = { outcome: "moved", fields: mapping.fields, question };
    return false;
  }
  if (resolution.undo) return expectedUndo(asked, resolution, resolution.undo.base, plan);
  const agreedBefore = input.link?.base[mapping.id];
  const arrived = knownBase(mapping, values, input);
  const question = questionOf(asked, agreedBefore);
  const outcome = (one: "applied" | "stopped", reason?: StopReason) => {
    plan.resolved[mapping.id] = {
      outcome: one,
      ...(reason ? { reason } : {}),
      fields: mapping.fields,
      question,
    };
    if (one === "applied" && arrived !== undefined) plan.baseBefore[mapping.id] = arrived;
    return one === "applied";
  };
  const leaves = resolution.choice.kind === "leave";
  const wanted = chosenValue(resolution, values);
  if (means(mapping, values.snov, values.hubspot) && (leaves || means(mapping, values.snov, wanted))) {
    plan.base[mapping.id] = values.snov;
    return outcome("applied");
  }
  if (!mapping.writable.snov && !mapping.writable.hubspot) return false;
  if (leaves) {
    if (arrived !== undefined) plan.base[mapping.id] = arrived;
    plan.declined.values[mapping.id] = owns;
    plan.held.push({ mappingId: mapping.id, reason: "discarded", value: "" });
    return outcome("applied");
  }
  const late = (["snov", "hubspot"] as const).filter((side) => !means(mapping, values[side], wanted));
  const shut = late.filter((side) => !mapping.writable[side]);
  const [first] = late;
  if (shut.length && late.length === 1 && first) {
    // What only receives keeps its own, and the source's next edit counts from here.
    plan.base[mapping.id] = values[first];
    return outcome("applied");
  }
  if (shut.length) return outcome("stopped", "one_way");
  const obstacle = firstObstacle(asked, late, () => wanted);
  if (obstacle) return outcome("stopped", obstacle);
  giveAll(asked, late, () => wanted, plan);
  plan.base[mapping.id] = wanted;
  return outcome("applied");
}

function expectedUndo(
  asked: Asked,
  resolution: FieldResolution,
  base: Value | undefined,
  plan: PairPlan,
): boolean {
  const { mapping, values, owns, input } = asked;
  const question = questionOf(asked, input.link?.base[mapping.id]);
  const fail = (reason: StopReason) => {
    plan.resolved[mapping.id] = { outcome: "stopped", reason, fields: mapping.fields, question };
    return false;
  };
  const snov = shared(mapping, "snov", resolution.seen.snov);
  const hubspot = shared(mapping, "hubspot", resolution.seen.hubspot);
  if (isUnmapped(snov) || isUnmapped(hubspot)) return fail("choice_not_mapped");
  const first = { snov: snov.value, hubspot: hubspot.value };
  if (!wouldBeAsked(mapping, first, base)) return fail("rule");
  const late = (["snov", "hubspot"] as const).filter((side) => !means(mapping, values[side], first[side]));
  if (late.some((side) => !mapping.writable[side])) return fail("one_way");
  const obstacle = firstObstacle(asked, late, (side) => first[side]);
  if (obstacle) return fail(obstacle);
  giveAll(asked, late, (side) => first[side], plan);
  if (base === undefined) delete plan.base[mapping.id];
  else plan.base[mapping.id] = base;
  const after = { ...owns };
  for (const side of late) after[side] = plan.writes[side][mapping.fields[side]] ?? null;
  plan.conflicts.push({ kind: "value", mappingId: mapping.id, base, values: after });
  plan.resolved[mapping.id] = { outcome: "undone", fields: mapping.fields, question };
  return true;
}

/** Two different values that no rule settles. */
function wouldBeAsked(mapping: PlannerMapping, first: Both<Value>, base: Value | undefined): boolean {
  const { snov, hubspot } = mapping.writable;
  if (mapping.policy !== "ask" || means(mapping, first.snov, first.hubspot)) return false;
  if (!snov && !hubspot) return false;
  if (base === undefined) return !nothing(first.snov) && !nothing(first.hubspot);
  const bothMoved = !means(mapping, first.snov, base) && !means(mapping, first.hubspot, base);
  return bothMoved && snov && hubspot;
}

function hasMoved(mapping: PlannerMapping, resolution: FieldResolution, values: Both<Value>): boolean {
  const { choice, seen } = resolution;
  const still = (side: Side) => {
    const then = shared(mapping, side, seen[side]);
    return !isUnmapped(then) && means(mapping, then.value, values[side]);
  };
  if (choice.kind === "leave") return !still("snov") || !still("hubspot");
  if (choice.kind === "take" && !still(choice.side)) return true;
  const value = chosenValue(resolution, values);
  const fine = (side: Side) => still(side) || means(mapping, values[side], value);
  return !fine("snov") || !fine("hubspot");
}

function chosenValue({ choice }: FieldResolution, values: Both<Value>): Value {
  if (choice.kind === "take") return values[choice.side];
  return choice.kind === "value" ? choice.value : null;
}

function firstObstacle(asked: Asked, late: Side[], value: (side: Side) => Value): StopReason | null {
  for (const side of late) {
    const carried = asked.carry(side, value(side));
    if ("held" in carried) return carried.held;
    if ("owner" in carried) return "address_taken";
  }
  return null;
}

function giveAll(asked: Asked, late: Side[], value: (side: Side) => Value, plan: PairPlan): void {
  const { mapping, owns } = asked;
  for (const side of late) {
    const carried = asked.carry(side, value(side));
    if (!("own" in carried)) throw new Error("It was looked at before.");
    plan.writes[side][mapping.fields[side]] = carried.own;
    plan.replaced.push({ mappingId: mapping.id, on: side, value: owns[side], why: "resolution" });
  }
}

function questionOf({ mapping, owns }: Asked, base: Value | undefined): PairPlan["conflicts"][number] {
  return { kind: "value", mappingId: mapping.id, base, values: owns };
}
