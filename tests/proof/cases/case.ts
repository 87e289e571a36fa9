import type { PlannerSettings } from "@/sync/planner-settings";
import type { ObservedRecord, PlanInput, RecordPlan } from "@/sync/record-plan";
import type { Both } from "@/sync/side";

/** One record to plan, with what the world around it answers. */
export type RecordCase = {
  settings: PlannerSettings;
  input: PlanInput;
  /** What lies in each side's recycle bin, where a plan takes it out again. */
  binned: Both<ObservedRecord>;
  /** Whether a record that we create lies in its side's scope. */
  createdInScope: boolean;
  /** Which of the planned writes a crash lets through: one bit per field, or per side. */
  crash: { wholeRecords: boolean; mask: number };
  /** How far mappings are turned round where the order must not matter. */
  turn: number;
};

/** A case together with what the planner said to it. */
export type Subject = { given: RecordCase; plan: RecordPlan };

/** Null where the invariant holds; otherwise what is wrong. */
export type Fault = string | null;

export type Invariant<T> = { name: string; says: string; check: (subject: T) => Fault };
