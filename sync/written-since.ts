import { toShared } from "./choices";
import { sameMeaning } from "./mapping-value";
import type { PastValue } from "./overwritten";
import type { PlannerMapping } from "./planner-settings";
import type { Side } from "./side";
import type { Value } from "./value";

/**
 * Whether anybody else has written a field of this side after a write of ours, though it may hold the same again.
 * `told` is when our write was saved here. The clocks of both sides differ, and an entry of that value may be another of
 * our writes: the one nearest in time is this one, and what stands above it came later. `history` is newest first.
 */
export function isWrittenSince(
  mapping: PlannerMapping,
  side: Side,
  { after, told }: { after: Value; told: number },
  history: PastValue[],
): boolean {
  const shared = toShared(mapping, side, after);
  const written = shared.kind === "value" ? shared.value : after;
  const apart = ({ at }: PastValue) => Math.abs(at - told);
  const [own] = history
    .filter(({ ours, value }) => ours && sameMeaning(mapping, value, written))
    .toSorted((one, other) => apart(one) - apart(other));
  const later = own ? history.slice(0, history.indexOf(own)) : history;
  return later.some(({ ours }) => !ours);
}
