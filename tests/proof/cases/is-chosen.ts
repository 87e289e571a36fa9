import type { PairPlan } from "@/sync/record-plan";

/** Whether the plan carries out a person's choice about this field. */
export function isChosen({ resolved }: PairPlan, id: string): boolean {
  return resolved[id]?.outcome === "applied" || resolved[id]?.outcome === "undone";
}
