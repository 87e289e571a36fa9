import { type FuseKind, harmfulWrites, isDecided, type PlannedWrite } from "./fuses";
import { sameMeaning } from "./mapping-value";
import { ownValue } from "./own-value";
import type { PlannerMapping } from "./planner-settings";
import type { HeldReason, PairPlan, PlanInput, RecordPlan } from "./record-plan";
import { restoreBase } from "./refused";
import { type Both, otherSide, type Side, sides } from "./side";
import { maySwing } from "./turns";
import type { Value } from "./value";

export type DeclinedPlan = { plan: RecordPlan; removal: boolean };
/** What a person discarded: harm of one kind, or what goes on bouncing in these mappings. */
export type DeclinedHarm =
  /** Not what came later than the person's answer: `isNewer` tells of a write. */
  | { kind: Exclude<FuseKind, "bounces">; isNewer?: IsHarm }
  | { kind: "bounces"; mappingIds: ReadonlySet<string> };

/**
 * The plan without the harm that a person discarded. Both sides stay as they are, and the link remembers it, so
 * that the same harm is not planned again; a value that changes after that travels as ever. A privacy deletion,
 * and a removal that a person chose, are carried out all the same.
 */
export function declineHarm(
  plan: RecordPlan,
  harm: DeclinedHarm,
  mappings: PlannerMapping[],
  input: PlanInput,
): DeclinedPlan {
  if (plan.kind === "remove" && harm.kind === "removals" && !plan.chosen) {
    const gone = otherSide(plan.on);
    return { plan: { kind: "excluded", reason: `removed_in_${gone}` }, removal: true };
  }
  if (plan.kind !== "pair" || harm.kind === "removals") return { plan, removal: false };
  const discarded = withoutWrites(plan, harmIn(plan, harm, mappings, input), mappings, (next, mapping) => {
    delete next.resolved[mapping.id];
    next.conflicts = next.conflicts.filter(({ mappingId }) => mappingId !== mapping.id);
    next.declined.values[mapping.id] = { ...valuesOf(mapping, input), discarded: true };
    next.held.push({ mappingId: mapping.id, reason: "discarded", value: "" });
  });
  return { plan: discarded, removal: false };
}

/**
 * The plan of a transfer that goes to one side only, without what it would write to `from`. What the two never agreed on
 * stays so, and the link remembers it, until somebody edits it or asks for it anew; an edit of what they had agreed on
 * is left to the ordinary line, which `edited` says. A person's own choice is carried out all the same.
 */
export function withoutOtherWay(
  plan: PairPlan,
  from: Side,
  mappings: PlannerMapping[],
  input: PlanInput,
): { plan: PairPlan; edited: boolean } {
  let edited = false;
  const isLeft: IsHarm = (side, field) => side === from && !isDecided(plan, { side, field });
  const next = withoutWrites(plan, isLeft, mappings, (left, mapping) => {
    const { id } = mapping;
    const present = valuesOf(mapping, input);
    const before = ownValue(input.link?.declined.values ?? {}, id);
    const hold = (reason: HeldReason) => void left.held.push({ mappingId: id, reason, value: "" });
    if (before) left.declined.values[id] = before;
    if (
      before &&
      !before.discarded &&
      sides.every((side) => sameMeaning(mapping, before[side], present[side]))
    ) {
      const agreed = ownValue(input.link?.base ?? {}, id);
      if (agreed === undefined) delete left.base[id];
      else left.base[id] = agreed;
      return hold(before.undone ? "undone" : "other_way");
    }
    if (before?.discarded || isAgreed(plan, id)) {
      edited = true;
      return leaveToLine(left, id);
    }
    left.declined.values[id] = { ...present, otherWay: true };
    hold("other_way");
  });
  return { plan: next, edited };
}

/**
 * The plan of a transfer without those of its `writes` that bring an edit of what the two sides had agreed on: the ordinary
 * line brings it.
 */
export function withoutEdits(
  plan: PairPlan,
  writes: Pick<PlannedWrite, "side" | "field">[],
  mappings: PlannerMapping[],
  input: PlanInput,
): PairPlan {
  const agreed = mappings.filter(({ id }) => isAgreed(plan, id));
  const isEdit: IsHarm = (side, field) =>
    agreed.some(({ fields }) => fields[side] === field) &&
    writes.some((write) => write.side === side && write.field === field);
  return withoutWrites(plan, isEdit, mappings, (left, { id }) => {
    const before = ownValue(input.link?.declined.values ?? {}, id);
    if (before) left.declined.values[id] = before;
    leaveToLine(left, id);
  });
}

function isAgreed({ baseBefore }: PairPlan, mappingId: string): boolean {
  return ownValue(baseBefore, mappingId) !== undefined;
}

function leaveToLine(plan: PairPlan, mappingId: string): void {
  plan.waiting = [...(plan.waiting ?? []), mappingId];
  plan.held.push({ mappingId, reason: "on_its_way", value: "" });
}

export type IsHarm = (side: Side, field: string) => boolean;

function harmIn(plan: PairPlan, harm: DeclinedHarm, mappings: PlannerMapping[], input: PlanInput): IsHarm {
  if (harm.kind === "bounces") {
    const bouncing = mappings.filter(({ id }) => harm.mappingIds.has(id));
    return (side, field) =>
      bouncing.some((mapping) => mapping.fields[side] === field && maySwing(plan, mapping, side));
  }
  const harmful = harmfulWrites(plan, {
    snov: input.records.snov?.fields,
    hubspot: input.records.hubspot?.fields,
  }).filter(({ kind, side, field }) => kind === harm.kind && !harm.isNewer?.(side, field));
  return (side, field) => harmful.some((write) => write.side === side && write.field === field);
}

/** The plan without these writes of mapped fields: nobody agrees on them, and `leave` says what becomes of each. */
function withoutWrites(
  plan: PairPlan,
  isHarm: IsHarm,
  mappings: PlannerMapping[],
  leave: (next: PairPlan, mapping: PlannerMapping) => void,
): PairPlan {
  const next: PairPlan = structuredClone(plan);
  for (const side of sides)
    for (const mapping of mappings) {
      const field = mapping.fields[side];
      if (!Object.hasOwn(plan.writes[side], field) || !isHarm(side, field)) continue;
      delete next.writes[side][field];
      restoreBase(next, mapping.id);
      next.replaced = next.replaced.filter(({ mappingId }) => mappingId !== mapping.id);
      leave(next, mapping);
    }
  for (const side of sides) {
    const isCarried = (by: PairPlan) =>
      mappings.some(({ fields }) => Object.hasOwn(by.writes[side], fields[side]));
    const rides = isCarried(plan) && !isCarried(next);
    // What rode along goes with the last write that carried it, and where it would do the same harm.
    for (const field of Object.keys(next.writes[side]))
      if (rides || isHarm(side, field)) delete next.writes[side][field];
  }
  return next;
}

function valuesOf(mapping: PlannerMapping, { records }: PlanInput): Both<Value> {
  return {
    snov: ownValue(records.snov?.fields ?? {}, mapping.fields.snov) ?? null,
    hubspot: ownValue(records.hubspot?.fields ?? {}, mapping.fields.hubspot) ?? null,
  };
}
