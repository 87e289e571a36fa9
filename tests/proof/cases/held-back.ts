import type { HeldReason, PairPlan } from "@/sync/record-plan";

/** Whether the field cannot travel. One that a person left alone, by the lists or by discarding a change, could. */
const cannotTravel: Record<HeldReason, boolean> = {
  choice_not_mapped: true,
  email_removed: true,
  cannot_clear: true,
  field_missing: true,
  refused: true,
  out_of_scope: false,
  discarded: false,
  // An undo, or the way of a transfer, keeps it until somebody edits it.
  undone: true,
  other_way: true,
  on_its_way: true,
};

export function heldBack({ held }: PairPlan): string[] {
  return held.filter(({ reason }) => cannotTravel[reason]).map(({ mappingId }) => mappingId);
}
