import type { PairPlan } from "@/sync/record-plan";

/** Mappings that cannot travel. One that a person left alone, by the lists or by discarding a change, could. */
export function heldBack({ held }: PairPlan): string[] {
  return held
    .filter(({ reason }) => reason !== "out_of_scope" && reason !== "discarded")
    .map(({ mappingId }) => mappingId);
}
