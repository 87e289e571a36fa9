import type { WriteCause } from "./merge";
import type { Absence } from "./removal";
import type { FieldResolution, RemovalResolution, StopReason } from "./resolution";
import type { Both, Side } from "./side";
import type { Value } from "./value";

export type ObservedRecord = {
  id: string;
  /** A mapped field that is missing here is missing on its side; an empty one is null. */
  fields: Record<string, Value>;
  /** The scope chosen for what leaves this side includes the record. */
  inScope: boolean;
  /** Field → when its value was last changed, in milliseconds since 1970, where that is known. */
  changedAt?: Record<string, number>;
};

/** What is given to a record beside its mapped fields. */
export type ExtraKind = "constant" | "status";

export type ObservedLink = {
  base: Record<string, Value>;
  firstSynced: Both<boolean>;
  /** What could not go along with a sync to a side, because its field was not there, or the side refused it. */
  owed?: Partial<Both<ExtraKind[]>>;
  /** Which records were in their scope when the pair was last looked at. */
  inScope: Both<boolean>;
  /** Both records were removed: one that is there again was restored by a person. */
  bothRemoved: boolean;
  declined: Declined;
  refused: Refused;
};

/** What a person told us to leave alone: a removal, and fields as long as their values are these. */
export type Declined = {
  removal: boolean;
  values: Record<string, DeclinedValues>;
  /**
   * A transfer had made the partner that is missing, and was undone: field mapping id → the values of the one that is
   * left, as its side has them. No partner is made again as long as they are these.
   */
  creation?: Record<string, Value>;
};
/**
 * `undone`: a transfer had brought them together, and was undone. `discarded`: a fuse had stopped the change. `otherWay`: a
 * transfer in one direction left them, for they would have gone in the other.
 */
export type DeclinedValues = Both<Value> & { undone?: true; discarded?: true; otherWay?: true };

/** Field mapping id, or `riddenId`, → what one side refused, as that side would have had it; not sent again as long as it is this. */
export type Refused = Record<string, { on: Side; value: Value; message: string }>;

export type PlanInput = {
  records: Both<ObservedRecord | null>;
  link: ObservedLink | null;
  /** Why a linked record is missing; null where it is there. */
  absences: Both<Absence | null>;
  /** One of the record's addresses was erased on request. */
  erased: boolean;
  /** Field mapping id → the values its open conflict was recorded with. */
  openConflicts: Record<string, Both<Value>>;
  /** Field mapping id → what a person decided about its open conflict. */
  resolutions: Record<string, FieldResolution>;
  /** What a person decided about the record's removal. */
  removalResolution: RemovalResolution | null;
  /**
   * What we sent to a side and never saw confirmed: field mapping id → shared values. A side that holds one of
   * them was changed by us, not by a person: it counts as unchanged. What a taken back choice put back is a person's.
   */
  unconfirmed: Both<UnconfirmedWrites>;
  /** Field mappings of which an undo that is not through has sent a value back: they are its own until then. */
  undoing?: string[];
  /** Match key → the other record of that side that has the address, as far as anybody asked. */
  addressOwners: Both<Record<string, string>>;
};
export type UnconfirmedWrites = {
  values: Record<string, Value[]>;
  /** The latest of them that the side has certainly taken, whatever it holds by now. */
  arrived?: Record<string, Value>;
  removal: boolean;
};

export type PlannedConflict =
  /** Both sides changed the field since they last agreed; values are the sides' own. */
  | { kind: "value"; mappingId: string; base: Value | undefined; values: Both<Value> }
  /** `on`'s record may not have the other one's new address: `otherId` has it. */
  | { kind: "same_address"; mappingId: string; on: Side; otherId: string; values: Both<Value> };

/** What became of a person's choice about a field. */
export type ResolvedField = {
  outcome:
    | "applied"
    /** What it had replaced is put back, and the question is open again. */
    | "undone"
    /** The values are no longer those that the person saw: nothing came of it. */
    | "moved"
    /** Nothing came of it, for `reason`. */
    | "stopped";
  reason?: StopReason;
  /** The refusing side's own words. */
  message?: string;
  fields: Both<string>;
  /** The question as it is open before the choice is carried out. */
  question: PlannedConflict;
};

/** A dispute about the records themselves: nothing of them travels until a person decides. */
export type Dispute =
  /** `values`: what the edited side has in these mappings' fields. */
  | {
      kind: "removed_and_edited";
      removedOn: Side;
      absence: Absence;
      mappingIds: string[];
      values: Record<string, Value>;
    }
  /** The record's addresses lead to `otherId`, which belongs to another record or to several. */
  | { kind: "same_address"; on: Side; otherId: string }
  /** Its contact was merged into `otherId`, which goes on with another record. */
  | { kind: "merged"; on: Side; otherId: string };
export type DisputeOfTwo = Extract<Dispute, { otherId: string }>;

/** A field that could not travel, with the reason; the rest of its record does. One that no mapping carries has its `riddenId`. */
export type HeldField = { mappingId: string; reason: HeldReason; value: string };
export type HeldReason =
  | "choice_not_mapped"
  | "email_removed"
  | "cannot_clear"
  | "field_missing"
  /** Its side refused this value before; `value` is what it said. */
  | "refused"
  /** Its record is not in the scope of what leaves its side. */
  | "out_of_scope"
  /** A person discarded this change. */
  | "discarded"
  /** A person undid the transfer that had brought the two together. */
  | "undone"
  /** A transfer goes, or went, only in the other direction. */
  | "other_way"
  /** A transfer leaves this edit to the ordinary line. */
  | "on_its_way";

/** A value of a person that a policy, a one-way direction or a person's choice replaced. */
export type ReplacedValue = {
  mappingId: string;
  on: Side;
  value: Value;
  why: Extract<WriteCause, "policy" | "source"> | "resolution";
};

export type ExclusionReason =
  | "no_email"
  | "out_of_scope"
  | "direction"
  /** A person keeps it apart from the record that has its address. */
  | "kept_apart"
  | "erased"
  | "removed_in_snov"
  | "removed_in_hubspot"
  | "undone";

export type RecordPlan =
  /** Neither side has the record: nothing is left to do. */
  | { kind: "gone" }
  | { kind: "excluded"; reason: ExclusionReason }
  | { kind: "disputed"; dispute: Dispute }
  /** `why` is what happened to the record on the other side; `chosen`: a person decided it. */
  | { kind: "remove"; on: Side; why: Absence; chosen?: true }
  /** Delete for good, and remember that the address must not come back. */
  | { kind: "erase"; on: Side }
  /** Take it out of the recycle bin, then look again. */
  | { kind: "restore"; on: Side }
  | CreatePlan
  | PairPlan;

export type CreatePlan = {
  kind: "create";
  on: Side;
  fields: Record<string, Value>;
  base: Record<string, Value>;
  held: HeldField[];
  refused: Refused;
};

/** Whether a person's choice about this mapping's field is part of the plan. */
export function isCarriedOut({ resolved }: PairPlan, mappingId: string): boolean {
  const outcome = resolved[mappingId]?.outcome;
  return outcome === "applied" || outcome === "undone";
}

export type PairPlan = {
  kind: "pair";
  writes: Both<Record<string, Value>>;
  /** What both sides agree on once the writes are done. */
  base: Record<string, Value>;
  /** What they agreed on before, writes of ours that arrived unconfirmed included. */
  baseBefore: Record<string, Value>;
  conflicts: PlannedConflict[];
  held: HeldField[];
  replaced: ReplacedValue[];
  /** What of the link's declined changes still stands. */
  declined: Declined;
  /** What of the link's refused values would be sent now, and is not. */
  refused: Refused;
  /** Of an undo: the field mappings that it puts back. Nothing else of the pair is written. */
  undoes?: string[];
  /** Field mappings that this plan leaves for the ordinary line to write: what is asked about them stays open until then. */
  waiting?: string[];
  /** Field mapping id → what became of a person's choice. */
  resolved: Record<string, ResolvedField>;
};
