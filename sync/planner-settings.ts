import type { Policy } from "./policy";
import type { RemovalRule } from "./removal";
import type { Both } from "./side";
import type { FieldType, Value } from "./value";

/** A field mapping as the planner needs it. */
export type PlannerMapping = {
  id: string;
  type: FieldType;
  /** Each side's key of the field. */
  fields: Both<string>;
  /** Sides that the direction lets this mapping write. */
  writable: Both<boolean>;
  policy: Policy;
  /** True for the e-mail: it pairs records, is compared without letter case and is never cleared. */
  identity: boolean;
  /** A stopped mapping is neither compared nor written; its base is kept. */
  stopped: boolean;
  /** Own choice value → shared value; null where a side's own values are the shared ones. */
  choices: Both<Record<string, string> | null>;
};

export type FieldWrite = { field: string; value: Value };
export type ConstantWrite = FieldWrite & { type: FieldType };

/** What a side lets us do to its records. */
export type Capabilities = {
  create: boolean;
  /** Empty a field. */
  clear: boolean;
  /** Move a record to the side's recycle bin. */
  remove: boolean;
  /** Take it out again. */
  restore: boolean;
  /** Delete it for good, as a privacy deletion asks. */
  erase: boolean;
};

export type PlannerSettings = {
  mappings: PlannerMapping[];
  /** Sides on which the sync type lets records be created, written and removed at all. */
  writable: Both<boolean>;
  capabilities: Both<Capabilities>;
  removals: RemovalRule;
  /** Carried by every record that is written on that side for another reason. */
  constants: Both<ConstantWrite | null>;
  /** Given once, at the first sync towards that side, to a record that has none. */
  firstStatus: Both<FieldWrite | null>;
  /** A person asks anew for what an undo took back: it is planned as if that had not been. */
  takesUpUndone?: boolean;
};
