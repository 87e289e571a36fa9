import { type Both, otherSide, type Side, sides } from "./side";
import { isEmpty, type Value } from "./value";

/**
 * The three-way merge of one field. Its invariants:
 * - values equal by meaning agree, whatever the base says;
 * - a side that did not change since the base yields to the one that did;
 * - without a base an empty value yields, two different values are a conflict;
 * - a field that one side only receives follows the source's edits: the receiver's own edits
 *   are neither reflected nor asked about, and the next edit of the source replaces them;
 * - nothing is written to a side that the direction does not allow.
 */
export type FieldMerge =
  | { kind: "agreed" }
  | { kind: "write"; to: Side; value: Value }
  | { kind: "conflict" }
  | { kind: "left" };

export type MergeInput = {
  same: (a: Value | undefined, b: Value | undefined) => boolean;
  /** `undefined` where the sides never agreed. */
  base: Value | undefined;
  values: Both<Value>;
  writable: Both<boolean>;
  /** The values a still open conflict was recorded with. */
  openConflict?: Both<Value>;
};

export function mergeField(input: MergeInput): FieldMerge {
  const { same, base, values, writable } = input;
  if (same(values.snov, values.hubspot)) return { kind: "agreed" };
  const receiver = onlyReceiver(writable);
  if (base === undefined) {
    const empty = sides.find((side) => isEmpty(values[side]));
    if (empty) return writeOrLeave(empty, values, writable);
    if (receiver && sourceEditedSince(input, receiver)) return writeOrLeave(receiver, values, writable);
    return writable.snov || writable.hubspot ? { kind: "conflict" } : { kind: "left" };
  }
  const changed = { snov: !same(values.snov, base), hubspot: !same(values.hubspot, base) };
  if (changed.snov && changed.hubspot) {
    if (receiver) return writeOrLeave(receiver, values, writable);
    return writable.snov ? { kind: "conflict" } : { kind: "left" };
  }
  return writeOrLeave(changed.snov ? "hubspot" : "snov", values, writable);
}

/** The side that only receives, if this field travels one way. */
function onlyReceiver(writable: Both<boolean>): Side | undefined {
  if (writable.snov === writable.hubspot) return undefined;
  return writable.snov ? "snov" : "hubspot";
}

function sourceEditedSince({ same, values, openConflict }: MergeInput, receiver: Side): boolean {
  const source = otherSide(receiver);
  return openConflict !== undefined && !same(openConflict[source], values[source]);
}

function writeOrLeave(to: Side, values: Both<Value>, writable: Both<boolean>): FieldMerge {
  return writable[to] ? { kind: "write", to, value: values[otherSide(to)] } : { kind: "left" };
}
