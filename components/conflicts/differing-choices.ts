import { ownValue } from "@/sync/own-value";
import { otherSide, type Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { ValueMap } from "@/sync/value-map";

/** Of several choices of a side those whose partner the other side does not have. One choice, or none, is compared by eye. */
export function differingChoices(values: Record<Side, Value>, side: Side, map: ValueMap): string[] {
  const [own, other] = [values[side], values[otherSide(side)]];
  if (!Array.isArray(own) || !Array.isArray(other)) return [];
  const inHubspot = (choices: string[]) => choices.map((one) => ownValue(map, one));
  if (side === "snov") return own.filter((_, place) => !other.includes(inHubspot(own)[place] ?? ""));
  const reached = inHubspot(other);
  return own.filter((one) => !reached.includes(one));
}
