import { type Policy, winnerBy } from "./policy";
import type { Chosen } from "./resolution";
import { type Both, otherSide, type Side, sides } from "./side";
import { isEmpty, type Value } from "./value";

/**
 * The three-way merge of one field. Its invariants:
 * - values equal by meaning agree, whatever the base says;
 * - a side that did not change since the base yields to the one that did;
 * - without a base an empty value yields, and two different values are for the policy;
 * - two different changes are for the policy, and where that asks, a conflict;
 * - a field that one side only receives follows the source's edits: the receiver's own edits
 *   are neither reflected nor asked about, and the next edit of the source replaces them;
 * - nothing is written to a side that the direction does not allow, whatever the policy or the choice.
 */
export type FieldMerge =
  | { kind: "agreed" }
  | { kind: "write"; to: Side; value: Value; why: WriteCause }
  | { kind: "conflict" }
  /** The sides differ and stay so. `base` is what the source has where the two never agreed: its next edit counts from there. */
  | { kind: "left"; base?: Value };

/** `source`: the one side that is the source of a one-way field; its edit replaces the receiver's own. */
export type WriteCause = "changed" | "filled" | "policy" | "source";

export type MergeInput = {
  same: (a: Value | undefined, b: Value | undefined) => boolean;
  /** `undefined` where the sides never agreed. */
  base: Value | undefined;
  values: Both<Value>;
  writable: Both<boolean>;
  policy: Policy;
  /** Milliseconds since 1970; unknown where nobody asked or the side cannot tell. */
  changedAt: Both<number | undefined>;
  /** The values a still open conflict was recorded with. */
  openConflict?: Both<Value | undefined> | undefined;
};

export function mergeField(input: MergeInput): FieldMerge {
  const { same, base, values, writable } = input;
  if (same(values.snov, values.hubspot)) return { kind: "agreed" };
  if (!writable.snov && !writable.hubspot) return { kind: "left" };
  if (base === undefined) return firstMerge(input);

  const changed = { snov: !same(values.snov, base), hubspot: !same(values.hubspot, base) };
  if (changed.snov && changed.hubspot) {
    const receiver = onlyReceiver(writable);
    return receiver ? write(receiver, values, "source") : byPolicy(input);
  }
  const behind = changed.snov ? "hubspot" : "snov";
  return writable[behind] ? write(behind, values, "changed") : { kind: "left" };
}

/** What a person's choice about two different values comes to. It goes before the base and the policy, and is never wider than the direction. */
export type ChosenMerge =
  /** Every side that holds something else gets it, or none. */
  | { kind: "settle"; to: Side[]; value: Value }
  | { kind: "left"; base: Value }
  | { kind: "declined" }
  /** A typed value travels both ways, and the field does not. */
  | { kind: "one_way" };

export function mergeChosen(
  { same, values, writable }: Pick<MergeInput, "same" | "values" | "writable">,
  chosen: Chosen,
): ChosenMerge {
  if (chosen.kind === "leave") return { kind: "declined" };
  const { value } = chosen;
  const behind = sides.filter((side) => !same(values[side], value));
  if (behind.every((side) => writable[side])) return { kind: "settle", to: behind, value };
  const [only, ...others] = behind;
  return only && !others.length ? { kind: "left", base: values[only] } : { kind: "one_way" };
}

function firstMerge(input: MergeInput): FieldMerge {
  const { values, writable } = input;
  const empty = sides.find((side) => isEmpty(values[side]));
  if (empty) return writable[empty] ? write(empty, values, "filled") : { kind: "left", base: null };
  const receiver = onlyReceiver(writable);
  if (receiver && sourceEditedSince(input, otherSide(receiver))) return write(receiver, values, "source");
  return byPolicy(input);
}

function byPolicy({ policy, changedAt, values, writable }: MergeInput): FieldMerge {
  const winner = winnerBy(policy, changedAt);
  if (!winner) return { kind: "conflict" };
  const loser = otherSide(winner);
  // The winner only receives: its value stays, and nothing flows back.
  return writable[loser] ? write(loser, values, "policy") : { kind: "left", base: values[loser] };
}

/** The side that only receives, if this field travels one way. */
function onlyReceiver(writable: Both<boolean>): Side | undefined {
  if (writable.snov === writable.hubspot) return undefined;
  return writable.snov ? "snov" : "hubspot";
}

function sourceEditedSince({ same, values, openConflict }: MergeInput, source: Side): boolean {
  return openConflict !== undefined && !same(openConflict[source], values[source]);
}

function write(to: Side, values: Both<Value>, why: WriteCause): FieldMerge {
  return { kind: "write", to, value: values[otherSide(to)], why };
}
