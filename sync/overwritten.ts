import { sameMeaning } from "./mapping-value";
import { mergeField, type WriteCause } from "./merge";
import type { PlannerMapping } from "./planner-settings";
import { otherSide, type Side } from "./side";
import type { Value } from "./value";

/**
 * A write of ours: what we had read and replace by it, and when it was about to be sent, in milliseconds since 1970.
 * `standingSince`: when the record that we had read was last changed, by the side's own clock; unknown where it was new.
 */
export type OwnWrite = { seen: Value; sent: Value; at: number; standingSince?: number };

/** Our clock and the side's may differ by so much. */
export const clocksApartMs = 5 * 60_000;

/** One value that a field once had, as its side's history tells; shared values. */
export type PastValue = { value: Value; at: number; ours: boolean };

/** A person's value, and the write of ours that replaced it: the one looked for, or what was put back over that. */
export type Overwritten<P extends PastValue> = { lost: P; by: P; byPuttingBack: boolean };

/**
 * The person's value that a write of ours replaced without having seen it, or null. A side without conditional
 * writes can change between our read and our write; its history then holds, right under our value, something
 * other than what we read. What was put back since may have replaced a later one in the same way: then that
 * one is it. `history` is newest first.
 */
export function overwrittenValue<P extends PastValue>(
  mapping: PlannerMapping,
  history: P[],
  write: OwnWrite,
): Overwritten<P> | null {
  const { seen } = write;
  let own = history.findIndex((entry) => isOf(mapping, write, entry));
  for (let [known, byPuttingBack] = [seen, false]; ; byPuttingBack = true) {
    const by = history[own];
    const under = by && history[own + 1];
    if (!under || under.ours || sameMeaning(mapping, under.value, known)) return null;
    const back = history
      .slice(0, own)
      .findLastIndex(({ ours, value }) => ours && sameMeaning(mapping, value, under.value));
    if (back < 0) return { lost: under, by, byPuttingBack };
    known = by.value;
    own = back;
  }
}

/** Whether this entry of a history is that write; an equal one of before is not. */
export function isOf(
  mapping: PlannerMapping,
  { sent, at, standingSince = at - clocksApartMs }: OwnWrite,
  entry: PastValue,
): boolean {
  return entry.ours && entry.at >= standingSince && sameMeaning(mapping, entry.value, sent);
}

/**
 * What becomes of it: it stands back where a policy or the direction would have replaced it anyway, and is
 * otherwise put back, so that the next look finds what both people wrote.
 */
export function afterOverwrite(
  mapping: PlannerMapping,
  on: Side,
  found: { base: Value | undefined; sent: Value; sentChangedAt: number | undefined; lost: PastValue },
): { kind: "stands"; why: WriteCause } | { kind: "put_back" } {
  const { base, sent, sentChangedAt, lost } = found;
  const other = otherSide(on);
  const merge = mergeField({
    same: (a, b) => sameMeaning(mapping, a, b),
    base,
    values: both(on, lost.value, sent),
    writable: mapping.writable,
    policy: mapping.policy,
    changedAt: both<number | undefined>(on, lost.at, sentChangedAt),
  });
  if (merge.kind === "agreed") return { kind: "stands", why: "changed" };
  return merge.kind === "write" && merge.to === on
    ? { kind: "stands", why: merge.why }
    : { kind: "put_back" };

  function both<T>(side: Side, its: T, others: T) {
    return { [side]: its, [other]: others } as Record<Side, T>;
  }
}
