import type { PairPlan } from "@/sync/record-plan";

/** A plan of nothing but these writes. */
export function pairPlan(writes: Partial<PairPlan["writes"]>): PairPlan {
  return {
    kind: "pair",
    writes: { snov: {}, hubspot: {}, ...writes },
    base: {},
    baseBefore: {},
    conflicts: [],
    held: [],
    replaced: [],
    declined: { removal: false, values: {} },
    refused: {},
    resolved: {},
  };
}
