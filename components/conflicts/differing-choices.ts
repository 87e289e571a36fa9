import { ownValue } from "@/sync/own-value";
import { otherSide, type Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { ValueMap } from "@/sync/value-map";

/** Of several choices of a side those whose partner the other side does not have. One choice, or none, is compared by eye. */
export function differingChoices(values: Record<Side, Value>, side: Side, map: ValueMap): string[] {
  const [own, other] = [values[side], values[otherSide(side)]];
  if (!Array.isArray(own) || !Array.isArray(other)) return [];
  const inHubspot = (choice: string) => ownValue(map, choice);
  if (side === "snov") return own.filter((one) => !other.includes(inHubspot(one) ?? ""));
  const reached = other.map(inHubspot);
  return own.filter((one) => !reached.includes(one));
}
