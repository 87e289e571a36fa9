import type { PlannerMapping } from "@/sync/planner-settings";
import type { PlanInput, RecordPlan } from "@/sync/record-plan";
import { type Both, otherSide, type Side, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { Fault, Invariant, RecordCase, Subject } from "../cases/case";
import { heldBack } from "../cases/held-back";
import { baseDifference } from "../cases/same-plan";
import { applied, arrivedThere, delivered, inTime, isQuiet, noted, planOf, settled } from "../cases/world";
import { isUnmapped, means, nothing, shared } from "../oracle/meaning";

/** A record may be taken out of the bin, filled from the other side, and give its first status back: three rounds. */
const rounds = 3;

const convergence: Invariant<Subject> = {
  name: "convergence",
  says: "Once edits stop, both sides agree on every mapped field, or an open conflict says why (within 3 rounds).",
  check({ given }) {
    const end = settled(given, given.input, rounds);
    if (!end) return `still planning after ${rounds} rounds`;
    const { snov, hubspot } = end.input.records;
    if (end.plan.kind !== "pair" || !snov || !hubspot) return null;
    for (const mapping of given.settings.mappings) {
      const fault = unexplained(mapping.id, given, end.input, end.plan);
      if (fault) return `${mapping.id}: ${fault}`;
    }
    return null;
  },
};

/** Why the two sides of a settled pair differ in a field, where nothing tells. */
function unexplained(
  id: string,
  { settings }: RecordCase,
  { records }: PlanInput,
  plan: Extract<RecordPlan, { kind: "pair" }>,
): Fault {
  const mapping = settings.mappings.find((one) => one.id === id);
  if (!mapping || mapping.stopped) return null;
  const told = heldBack(plan).includes(id) || plan.conflicts.some(({ mappingId }) => mappingId === id);
  if (told || plan.declined.values[id]) return null;
  const [snov, hubspot] = sides.map((side) => {
    const own = records[side]?.fields[mapping.fields[side]];
    return own === undefined ? { unmapped: "missing" } : shared(mapping, side, own);
  });
  if (!snov || !hubspot || isUnmapped(snov) || isUnmapped(hubspot))
    return "cannot travel, and nothing says so";
  const values: Both<Value> = { snov: snov.value, hubspot: hubspot.value };
  if (means(mapping, values.snov, values.hubspot)) return null;

  const base = plan.base[id];
  const moved = (side: Side) =>
    base === undefined ? !nothing(values[side]) : !means(mapping, values[side], base);
  const open = (to: Side) => mapping.writable[to] && records[otherSide(to)]?.inScope === true;
  const late = sides.find(
    (to) =>
      open(to) &&
      moved(otherSide(to)) &&
      (!moved(to) || open(otherSide(to)) || !mapping.writable[otherSide(to)]),
  );
  return late ? `a change never reached ${late}` : null;
}

const idempotence: Invariant<Subject> = {
  name: "idempotence",
  says: "Planning again after applying plans nothing.",
  check({ given, plan }) {
    if (plan.kind === "restore" || plan.kind === "erase" || statusIsMapped(given)) return null;
    const after = applied(given, given.input, plan);
    const again = planOf(given, after);
    if (!isQuiet(again)) return `plans ${JSON.stringify(again)}`;
    if (plan.kind !== "pair") return null;
    if (again.kind !== "pair") return `becomes ${again.kind}`;
    // What nobody had agreed on may still be decided, as long as nothing is written.
    const known = Object.fromEntries(Object.entries(again.base).filter(([id]) => id in plan.base));
    return baseDifference(given.settings.mappings, plan.base, known);
  },
};

const noPingPong: Invariant<Subject> = {
  name: "no ping-pong",
  says: "Our own write coming back plans nothing.",
  check({ given, plan }) {
    if (plan.kind !== "pair" && !(plan.kind === "create" && !given.input.link)) return null;
    if (statusIsMapped(given)) return null;
    const input = inTime(given.input, plan);
    const arrived = delivered(given, input, plan);
    const withNote = delivered(given, noted(given, input, plan), plan);
    const committed = applied(given, given.input, plan);
    const states: [string, PlanInput][] = [
      ["seen before it was committed", arrived],
      ["seen before it was committed, and noted", withNote],
      ["seen before it was committed, and known to have arrived", arrivedThere(given, withNote, plan)],
      [
        "seen after it was committed, its note still there",
        { ...committed, unconfirmed: notesLeft(withNote, plan) },
      ],
    ];
    for (const [when, state] of states) {
      const echo = planOf(given, state);
      if (!isQuiet(echo)) return `${when}: plans ${JSON.stringify(echo)}`;
    }
    return null;
  },
};

/**
 * A field that a person's choice was about, or whose undo a transfer has taken up, has been looked at: nothing is noted of
 * it any more.
 */
function notesLeft({ unconfirmed, link }: PlanInput, plan: RecordPlan): PlanInput["unconfirmed"] {
  const isLookedAt = (id: string) =>
    plan.kind === "pair" &&
    (Object.hasOwn(plan.resolved, id) ||
      (link?.declined.values[id]?.undone === true && !Object.hasOwn(plan.declined.values, id)));
  const left = (side: Side) => {
    const values = Object.entries(unconfirmed[side].values).filter(([id]) => !isLookedAt(id));
    const { arrived = {} } = unconfirmed[side];
    const known = Object.entries(arrived).filter(([id]) => !isLookedAt(id));
    return { ...unconfirmed[side], values: Object.fromEntries(values), arrived: Object.fromEntries(known) };
  };
  return { snov: left("snov"), hubspot: left("hubspot") };
}

const noLostUpdate: Invariant<Subject> = {
  name: "no lost update",
  says: "No person's value disappears without a policy, a resolution or an activity row that holds it.",
  check({ given, plan }) {
    const { settings, input } = given;
    if (plan.kind === "remove" && plan.chosen)
      return input.removalResolution?.choice === "remove" ? null : "calls chosen what nobody chose";
    if (plan.kind === "remove") {
      const edited = settings.mappings.find(
        (mapping) =>
          isCompared(given, mapping, plan.on) && !isOurs(given, mapping.id, plan.on, { orEmpty: true }),
      );
      return edited ? `removes a record whose ${edited.id} a person changed` : null;
    }
    if (plan.kind !== "pair") return null;
    for (const side of sides)
      for (const { id, fields } of settings.mappings) {
        if (!Object.hasOwn(plan.writes[side], fields[side])) continue;
        if (settings.firstStatus[side]?.field === fields[side]) continue;
        const asksAgain = plan.resolved[id]?.outcome === "undone";
        if (!asksAgain && plan.conflicts.some(({ mappingId }) => mappingId === id))
          return `${id} is written and in conflict`;
        const before = input.records[side]?.fields[fields[side]];
        if (nothing(before) || isOurs(given, id, side, { orEmpty: false })) continue;
        const kept = plan.replaced.find(({ mappingId, on }) => mappingId === id && on === side);
        if (!kept) return `${side}'s ${id} (${JSON.stringify(before)}) is gone without a trace`;
        if (JSON.stringify(kept.value) !== JSON.stringify(before)) return `another value of ${id} was kept`;
        const decided = kept.why === "resolution";
        const wasAgreed = sides.some((one) => input.unconfirmed[one].arrived?.[id] !== undefined);
        const isFirst = input.link?.base[id] === undefined && !wasAgreed;
        if (!decided && isFirst && nothing(plan.writes[side][fields[side]]))
          return `an empty value replaced ${id}, on which nobody had agreed`;
      }
    return null;
  },
};

/** The removed record had the field, or could have been given it. */
function isCompared({ input }: RecordCase, { id, stopped, writable }: PlannerMapping, here: Side): boolean {
  const base = input.link?.base[id];
  if (stopped && base === undefined) return false;
  return writable[otherSide(here)] || !nothing(base ?? null);
}

/** The value is what both sides last agreed on, one that we sent, or one that a person left as it is. */
function isOurs(
  { settings, input }: RecordCase,
  id: string,
  side: Side,
  when: { orEmpty: boolean },
): boolean {
  const mapping = settings.mappings.find((one) => one.id === id);
  const own = mapping && input.records[side]?.fields[mapping.fields[side]];
  if (!mapping || own === undefined) return true;
  const left = input.link?.declined.values[id];
  if (left && means(mapping, left[side], own)) return true;
  const value = shared(mapping, side, own);
  if (isUnmapped(value)) return false;
  const base = input.link?.base[id];
  if (base === undefined && when.orEmpty && nothing(value.value)) return true;
  const { values, arrived } = input.unconfirmed[side];
  const agreed = input.unconfirmed[otherSide(side)].arrived?.[id];
  const known =
    arrived?.[id] === undefined
      ? [base, agreed, ...(values[id] ?? [])].filter((one) => one !== undefined)
      : [arrived[id]];
  return known.some((one) => means(mapping, one, value.value));
}

/** A first status in a mapped field is one more edit, which then travels like any other. */
export function statusIsMapped({ settings }: RecordCase): boolean {
  return sides.some((side) =>
    settings.mappings.some(({ fields }) => fields[side] === settings.firstStatus[side]?.field),
  );
}

export const travelInvariants = [convergence, idempotence, noLostUpdate, noPingPong];
