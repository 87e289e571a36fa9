import { matchKey } from "./match-key";
import type { PlannerMapping } from "./planner-settings";
import { sameValue, type Value } from "./value";

/** Whether two shared values of this mapping say the same; an address is the same in any letter case. */
export function sameMeaning(mapping: PlannerMapping, a: Value | undefined, b: Value | undefined): boolean {
  if (mapping.identity && typeof a === "string" && typeof b === "string") return matchKey(a) === matchKey(b);
  return sameValue(mapping.type, a, b);
}
