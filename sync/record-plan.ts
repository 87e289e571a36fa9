import type { Both, Side } from "./side";
import type { Value } from "./value";

export type ObservedRecord = {
  id: string;
  fields: Record<string, Value>;
  /** The scope chosen for what leaves this side includes the record. */
  inScope: boolean;
};

export type ObservedLink = { base: Record<string, Value>; firstSynced: Both<boolean> };

export type PlanInput = {
  records: Both<ObservedRecord | null>;
  link: ObservedLink | null;
  /** Field mapping id → the values its open conflict was recorded with. */
  openConflicts: Record<string, Both<Value>>;
  /**
   * Field mapping id → shared values that we sent to that side and never saw confirmed. A side that holds one of
   * them was changed by us, not by a person: it counts as unchanged.
   */
  unconfirmed?: Both<Record<string, Value[]>>;
};

export type PlannedConflict = { mappingId: string; base: Value | undefined; values: Both<Value> };
/** A field that could not travel, with the reason; the rest of its record does. */
export type HeldField = { mappingId: string; reason: "choice_not_mapped" | "email_removed"; value: string };

export type ExclusionReason =
  | "no_email"
  | "out_of_scope"
  | "direction"
  | "removed_in_snov"
  | "removed_in_hubspot";

export type RecordPlan =
  /** Neither side has the record: forget it. */
  | { kind: "gone" }
  | { kind: "excluded"; reason: ExclusionReason }
  | {
      kind: "create";
      on: Side;
      fields: Record<string, Value>;
      base: Record<string, Value>;
      held: HeldField[];
    }
  | {
      kind: "pair";
      writes: Both<Record<string, Value>>;
      /** What both sides agree on once the writes are done. */
      base: Record<string, Value>;
      conflicts: PlannedConflict[];
      held: HeldField[];
    };
