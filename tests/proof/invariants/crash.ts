import { isDeepStrictEqual } from "node:util";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { PairPlan, PlanInput, RecordPlan } from "@/sync/record-plan";
import { otherSide, type Side, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { Fault, Invariant, RecordCase, Subject } from "../cases/case";
import { ownDomain } from "../cases/domains";
import { heldBack } from "../cases/held-back";
import { baseDifference } from "../cases/same-plan";
import { applied, arrivedThere, delivered, inTime, isQuiet, noted, planOf, settled } from "../cases/world";
import { isUnmapped, means, shared } from "../oracle/meaning";
import { statusIsMapped } from "./travel";

const rounds = 4;

const crash: Invariant<Subject> = {
  name: "crash",
  says: "A crash leaves work to repeat, never a gap.",
  check({ given, plan }) {
    if (isQuiet(plan) || statusIsMapped(given)) return null;
    // A record that was created for a linked one is found again by its address, and the same plan is carried out.
    if (plan.kind === "create" && given.input.link) return null;
    const without = settled(given, given.input, rounds);
    const after = settled(given, crashed(given, plan), rounds);
    if (!without || !after) return without ? "never settles after a crash" : null;
    if (without.plan.kind !== after.plan.kind)
      return `ends as ${after.plan.kind} instead of ${without.plan.kind}`;
    const records = sides.map((side) => recordDifference(given, side, without.input, after.input));
    const [before, now] = [agreed(without), agreed(after)];
    // A new record starts empty in the fields that nothing writes; met as a pair, nothing is known of them.
    if (plan.kind === "create") for (const id of Object.keys(before)) if (!(id in now)) delete before[id];
    return records.find(Boolean) ?? baseDifference(given.settings.mappings, before, now);
  },
};

const crashThenEdit: Invariant<Subject> = {
  name: "crash, then an edit",
  says: "A write of ours that a crash left uncommitted is not taken for a person's change.",
  check({ given, plan }) {
    if (plan.kind !== "pair" || statusIsMapped(given)) return null;
    for (const mapping of given.settings.mappings) {
      const to = sides.find((side) => Object.hasOwn(plan.writes[side], mapping.fields[side]));
      const value = to && anotherValue(given, mapping, otherSide(to), plan);
      // What a choice had replaced is a person's again, and no write of ours.
      if (!to || value === undefined || plan.resolved[mapping.id]?.outcome === "undone") continue;
      const died = delivered(given, noted(given, given.input, plan), plan);
      const kept = edited(applied(given, given.input, plan), mapping, otherSide(to), value);
      for (const state of [arrivedThere(given, died, plan), ...(knowsArrivals(given.input) ? [] : [died])]) {
        const lost = edited(state, mapping, otherSide(to), value);
        const difference = fieldDifference(mapping, to, planOf(given, lost), planOf(given, kept));
        if (difference) return `${mapping.id}: ${difference}`;
      }
    }
    return null;
  },
};

const crashThenTakenBack: Invariant<Subject> = {
  name: "crash, then taken back",
  says: "What a person puts in the place of a write of ours that a crash left uncommitted, or back there, is their change.",
  check({ given, plan }) {
    if (plan.kind !== "pair" || statusIsMapped(given)) return null;
    for (const mapping of given.settings.mappings) {
      const to = sides.find((side) => Object.hasOwn(plan.writes[side], mapping.fields[side]));
      if (!to || !isPlain(given.input, mapping) || plan.resolved[mapping.id]) continue;
      const start = noted(given, given.input, plan);
      const back = given.input.records[to]?.fields[mapping.fields[to]];
      for (const value of [back, anotherValue(given, mapping, to, plan)]) {
        if (value === undefined) continue;
        const lost = edited(arrivedThere(given, delivered(given, start, plan), plan), mapping, to, value);
        const kept = edited(applied(given, given.input, plan), mapping, to, value);
        const [after, without] = [planOf(given, lost), planOf(given, kept)];
        const difference = sides
          .map((side) => fieldDifference(mapping, side, after, without))
          .find((found) => found);
        if (difference) return `${mapping.id}, ${JSON.stringify(value)}: ${difference}`;
      }
    }
    return null;
  },
};

/** Nobody declined it, and it was never refused. */
function isPlain({ link }: PlanInput, { id }: PlannerMapping): boolean {
  return !link?.declined.values[id] && !link?.refused[id];
}

/** A value that neither a person declined or saw when they chose, nor we ever sent there, of a field that was never refused. */
function anotherValue(
  { input }: RecordCase,
  mapping: PlannerMapping,
  side: Side,
  plan: PairPlan,
): Value | undefined {
  if (!isPlain(input, mapping)) return undefined;
  const used = [
    plan.base[mapping.id],
    input.link?.base[mapping.id],
    ...(input.unconfirmed[side].values[mapping.id] ?? []),
    ...chosenOrSeen(input, mapping),
  ];
  return ownDomain(mapping, mapping.choices[side]).find((value) => {
    const meant = shared(mapping, side, value);
    return !isUnmapped(meant) && !used.some((one) => means(mapping, one, meant.value));
  });
}

function chosenOrSeen({ resolutions }: PlanInput, mapping: PlannerMapping): Value[] {
  const resolution = resolutions[mapping.id];
  if (!resolution) return [];
  const seen = sides.map((side) => shared(mapping, side, resolution.seen[side]));
  const typed = resolution.choice.kind === "value" ? [resolution.choice.value] : [];
  return [...typed, ...seen.flatMap((one) => (isUnmapped(one) ? [] : [one.value]))];
}

function edited(input: PlanInput, mapping: PlannerMapping, side: Side, value: Value): PlanInput {
  const record = input.records[side];
  if (!record) return input;
  const field = mapping.fields[side];
  const changedAt = { ...record.changedAt, [field]: 2_000 };
  const next = { ...record, fields: { ...record.fields, [field]: value }, changedAt };
  return { ...input, records: { ...input.records, [side]: next } };
}

/** The same is decided for the field: what else a record carries may have been given before the crash. */
function fieldDifference(mapping: PlannerMapping, to: Side, a: RecordPlan, b: RecordPlan): Fault {
  if (a.kind !== "pair" || b.kind !== "pair") return a.kind === b.kind ? null : `${a.kind}, not ${b.kind}`;
  const decided = (plan: PairPlan) => ({
    write: plan.writes[to][mapping.fields[to]],
    conflict: plan.conflicts.some(({ mappingId }) => mappingId === mapping.id),
    held: plan.held.some(({ mappingId }) => mappingId === mapping.id),
    replaced: plan.replaced.some(({ mappingId }) => mappingId === mapping.id),
  });
  return isDeepStrictEqual(decided(a), decided(b))
    ? null
    : `${JSON.stringify(decided(a))} after the crash, ${JSON.stringify(decided(b))} without it`;
}

/** What both sides agreed on, but for fields that are held: those are still to be decided. */
function agreed({ input, plan }: { input: PlanInput; plan: RecordPlan }): Record<string, Value> {
  const held = plan.kind === "pair" ? heldBack(plan) : [];
  return Object.fromEntries(Object.entries(input.link?.base ?? {}).filter(([id]) => !held.includes(id)));
}

/** Some of the plan's writes have arrived, all of them are noted, and nothing else is remembered. */
function crashed(given: RecordCase, plan: RecordPlan): PlanInput {
  const { wholeRecords, mask } = given.crash;
  const start = noted(given, inTime(given.input, plan), plan);
  if (plan.kind !== "pair") return (mask & 1) === 0 ? start : delivered(given, start, plan);
  let bit = 0;
  const arrived = (writes: Record<string, Value>) => {
    if (wholeRecords) return mask & (1 << bit++) ? writes : {};
    return Object.fromEntries(Object.entries(writes).filter(() => mask & (1 << bit++)));
  };
  const part = {
    ...plan,
    writes: { snov: arrived(plan.writes.snov), hubspot: arrived(plan.writes.hubspot) },
  };
  const died = delivered(given, start, part);
  return knowsArrivals(given.input) ? arrivedThere(given, died, part) : died;
}

/** A history that told of earlier writes tells of later ones. */
function knowsArrivals({ unconfirmed }: PlanInput): boolean {
  return sides.some((side) => Object.keys(unconfirmed[side].arrived ?? {}).length > 0);
}

/** A constant may be missing where a record was written in part: no side writes that way, but fields may still not differ. */
function recordDifference(given: RecordCase, side: Side, a: PlanInput, b: PlanInput): Fault {
  const [one, two] = [a.records[side], b.records[side]];
  if (!one || !two) return one === two ? null : `${side}'s record is ${two ? "there" : "missing"}`;
  const fields = new Set([...Object.keys(one.fields), ...Object.keys(two.fields)]);
  for (const field of fields) {
    const mapping = given.settings.mappings.find((candidate) => candidate.fields[side] === field);
    if (!mapping && !given.crash.wholeRecords) continue;
    const same = mapping
      ? means(mapping, one.fields[field], two.fields[field])
      : isDeepStrictEqual(one.fields[field], two.fields[field]);
    if (!same)
      return `${side}.${field} ends as ${JSON.stringify(two.fields[field])} instead of ${JSON.stringify(one.fields[field])}`;
  }
  return null;
}

export const crashInvariants = [crash, crashThenEdit, crashThenTakenBack];
