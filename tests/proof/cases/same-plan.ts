import { isDeepStrictEqual } from "node:util";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { Declined, PairPlan, RecordPlan, Refused, ResolvedField } from "@/sync/record-plan";
import { type Side, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import { means } from "../oracle/meaning";

type Options = { heldValues: boolean };

/**
 * Where two plans differ, or null. Lists may be in any order, what both sides agree on is compared by meaning, and
 * several choices as a set; all else has to be the same to the letter.
 */
export function planDifference(
  mappings: PlannerMapping[],
  a: RecordPlan,
  b: RecordPlan,
  options: Options = { heldValues: true },
): string | null {
  if (a.kind === "pair" && b.kind === "pair") return pairDifference(mappings, a, b, options);
  if (a.kind === "create" && b.kind === "create") {
    if (a.on !== b.on) return `creates on ${a.on}, not on ${b.on}`;
    return (
      valuesDifference("fields", mappings, a.on, a.fields, b.fields) ??
      baseDifference(mappings, a.base, b.base) ??
      listDifference("held", held(a.held, options), held(b.held, options)) ??
      refusedDifference(mappings, a.refused, b.refused, options)
    );
  }
  if (a.kind === "disputed" && b.kind === "disputed")
    if (a.dispute.kind === "removed_and_edited" && b.dispute.kind === "removed_and_edited")
      return (
        listDifference("disputed", a.dispute.mappingIds, b.dispute.mappingIds) ??
        difference("the dispute", { ...a.dispute, mappingIds: [] }, { ...b.dispute, mappingIds: [] })
      );
  return difference("the plan", a, b);
}

function difference(what: string, a: unknown, b: unknown): string | null {
  return isDeepStrictEqual(a, b) ? null : `${what}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`;
}

function pairDifference(
  mappings: PlannerMapping[],
  a: PairPlan,
  b: PairPlan,
  options: Options,
): string | null {
  for (const side of sides) {
    const unequal = valuesDifference(`writes.${side}`, mappings, side, a.writes[side], b.writes[side]);
    if (unequal) return unequal;
  }
  return (
    baseDifference(mappings, a.base, b.base) ??
    baseDifference(mappings, a.baseBefore, b.baseBefore) ??
    listDifference("conflicts", a.conflicts, b.conflicts) ??
    listDifference("held", held(a.held, options), held(b.held, options)) ??
    listDifference("replaced", a.replaced, b.replaced) ??
    resolvedDifference(mappings, a, b, options) ??
    declinedDifference(mappings, a.declined, b.declined) ??
    refusedDifference(mappings, a.refused, b.refused, options) ??
    difference("undoes", a.undoes, b.undoes)
  );
}

function valuesDifference(
  what: string,
  mappings: PlannerMapping[],
  side: Side,
  a: Record<string, Value>,
  b: Record<string, Value>,
): string | null {
  for (const field of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [one, two] = [a[field], b[field]];
    const several = mappings.find(({ fields, type }) => type === "choices" && fields[side] === field);
    const same =
      several && Array.isArray(one) && Array.isArray(two)
        ? means(several, one, two)
        : isDeepStrictEqual(one, two);
    if (!same) return `${what}.${field}: ${JSON.stringify(one)} is not ${JSON.stringify(two)}`;
  }
  return null;
}

export function baseDifference(
  mappings: PlannerMapping[],
  a: Record<string, Value>,
  b: Record<string, Value>,
): string | null {
  for (const id of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const mapping = mappings.find((one) => one.id === id);
    const known = id in a && id in b;
    const same = mapping ? means(mapping, a[id], b[id]) : isDeepStrictEqual(a[id], b[id]);
    if (!known || !same) return `base.${id}: ${JSON.stringify(a[id])} is not ${JSON.stringify(b[id])}`;
  }
  return null;
}

/** The base of a question is compared by meaning, as that of the plan is. */
function resolvedDifference(
  mappings: PlannerMapping[],
  a: PairPlan,
  b: PairPlan,
  { heldValues }: Options,
): string | null {
  for (const id of new Set([...Object.keys(a.resolved), ...Object.keys(b.resolved)])) {
    const [one, two] = [a.resolved[id], b.resolved[id]];
    if (!one || !two) return `resolved.${id} is missing`;
    const unequal = baseDifference(mappings, baseOf(one), baseOf(two));
    if (unequal) return `resolved.${unequal}`;
    const told = ({ reason, ...rest }: ResolvedField) =>
      withoutBase(heldValues && reason ? { ...rest, reason } : rest);
    if (!isDeepStrictEqual(told(one), told(two)))
      return `resolved.${id}: ${JSON.stringify(one)} is not ${JSON.stringify(two)}`;
  }
  return null;
}

function baseOf({ question }: ResolvedField): Record<string, Value> {
  return question.kind === "value" && question.base !== undefined
    ? { [question.mappingId]: question.base }
    : {};
}

function withoutBase({ question, ...one }: ResolvedField) {
  return { ...one, question: { ...question, base: undefined } };
}

function declinedDifference(mappings: PlannerMapping[], a: Declined, b: Declined): string | null {
  const pick = ({ values }: Declined, side: Side) =>
    Object.fromEntries(Object.entries(values).map(([id, both]) => [id, both[side]]));
  for (const side of sides) {
    const unequal = baseDifference(mappings, pick(a, side), pick(b, side));
    if (unequal) return `declined: ${unequal}`;
  }
  const whys = (declined: Declined) =>
    Object.fromEntries(Object.entries(declined.values).map(([id, { snov, hubspot, ...why }]) => [id, why]));
  return difference("declined", { ...a, values: whys(a) }, { ...b, values: whys(b) });
}

function refusedDifference(
  mappings: PlannerMapping[],
  a: Refused,
  b: Refused,
  { heldValues }: Options,
): string | null {
  const values = (refused: Refused) =>
    Object.fromEntries(Object.entries(refused).map(([id, { value }]) => [id, value]));
  const saying = (refused: Refused) =>
    Object.fromEntries(
      Object.entries(refused).map(([id, { on, message }]) => [id, heldValues ? { on, message } : { on }]),
    );
  return baseDifference(mappings, values(a), values(b)) ?? difference("refused", saying(a), saying(b));
}

function held<T extends { value: string }>(list: T[], { heldValues }: Options): T[] {
  return heldValues ? list : list.map((one) => ({ ...one, value: "" }));
}

function listDifference(what: string, a: unknown[], b: unknown[]): string | null {
  const left = [...b];
  for (const one of a) {
    const index = left.findIndex((other) => isDeepStrictEqual(one, other));
    if (index < 0) return `${what}: ${JSON.stringify(one)} is not among ${JSON.stringify(b)}`;
    left.splice(index, 1);
  }
  return left.length ? `${what}: ${JSON.stringify(left)} is missing` : null;
}
