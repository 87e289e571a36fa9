import type { HeldReason } from "./record-plan";

/**
 * What holds a field back. `left`: nothing is wrong with it, a person chose that it stays as it is. `settled`: what both
 * sides have was held against what they had agreed on, so that an earlier write of ours counts as agreed on, or is
 * answered for, from here on.
 */
type Held = { left: boolean; settled: boolean };

export const heldReasons: Record<HeldReason, Held> = {
  choice_not_mapped: { left: false, settled: false },
  email_removed: { left: false, settled: true },
  cannot_clear: { left: false, settled: true },
  field_missing: { left: false, settled: false },
  refused: { left: false, settled: true },
  out_of_scope: { left: true, settled: true },
  // What stands there stands beside what was agreed on, not in its place.
  discarded: { left: true, settled: false },
  undone: { left: true, settled: false },
  other_way: { left: true, settled: false },
  on_its_way: { left: true, settled: false },
};
