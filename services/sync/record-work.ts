import type { ProspectRecord } from "@/connectors/prospects/prospect-record";
import type { StoredResolution } from "@/db/schema/conflicts";
import type { ActivityCause, Base, SendingRun, SentValues } from "@/db/schema/sync";
import type { Harm } from "@/sync/fuses";
import type { PagePlan } from "@/sync/page-plan";
import type { Declined, Dispute, ExtraKind, PlanInput, Refused } from "@/sync/record-plan";
import type { Absence } from "@/sync/removal";
import type { Both } from "@/sync/side";
import type { Turns } from "@/sync/turns";
import type { KeptField, KeptReason } from "@/sync/undo";
import type { Value } from "@/sync/value";
import type { ClaimedRecord } from "./claim-pending";

/** A contact as the engine sees it: property name → value by type. */
export type ContactRecord = {
  id: string;
  name: string;
  fields: Record<string, Value>;
  updatedAt: Date;
  /** Ids of contacts that were merged into this one. */
  formerIds: string[];
  /** Property → when it was last changed, in milliseconds since 1970, where that was asked. */
  changedAt: Record<string, number>;
};

export type LinkRow = {
  id: string;
  prospectId: string;
  contactId: string;
  base: Base;
  firstSynced: Both<boolean>;
  owed: { hubspot: ExtraKind[] };
  inScope: Both<boolean>;
  bothRemoved: boolean;
  declined: Declined;
  refused: Refused;
  turns: Turns;
  /** Another one after every write of the row. */
  revision: string;
};

/** Who belongs together, as links, merges and addresses tell. */
export type RecordPair = {
  prospect: ProspectRecord | null;
  contact: ContactRecord | null;
  link: LinkRow | null;
  /** Set where the pairing itself is uncertain: nothing of the record travels. */
  dispute: Dispute | null;
  /** From whom a person keeps it apart: the record that it is in dispute with, or would be a pair with. */
  apartFrom: string | null;
  /** The prospect is gone, and its contact goes on with another one: the link ends, the contact stays. */
  outlived: boolean;
  /** A person keeps the prospect apart from the one with which it had its contact after a merge: its link is no claim, and ends. */
  givenUp: boolean;
  /** Links of these two to records that were removed; they give way to the new pair. */
  deadLinkIds: string[];
};

/** One record, or one pair, of a page: what was asked, what was seen. */
export type Observation = RecordPair & {
  claimed: ClaimedRecord[];
  absences: Both<Absence | null>;
  /** The contact of its link was merged into one that is in the recycle bin: no page of ours can have put it there. */
  mergedAway: boolean;
  /** In milliseconds since 1970, where it is known. */
  removedAt: Both<number | undefined>;
  erased: boolean;
  inScope: Both<boolean>;
  openConflicts: PlanInput["openConflicts"];
  /** What people decided about this record's open conflicts. */
  resolutions: GivenResolution[];
  /** What an earlier page sent to HubSpot for this prospect without living to commit it. */
  unconfirmed: { sent: SentValues; removal: boolean };
  /** Field mappings of which another run, an undo that is not through, has sent some of that. */
  undoing: string[];
  addressOwners: PlanInput["addressOwners"];
  /** Writes of ours from before a crash that HubSpot took. */
  applied: AppliedWrite[];
};

/** A person's choice that is to be carried out. */
export type GivenResolution = {
  conflictId: string;
  resolutionId: string;
  mappingId: string | null;
  resolution: StoredResolution;
  by: ActivityCause;
};

/** A property that we wrote, in shared values; by which run, and whether an activity tells of it. */
export type AppliedWrite = {
  mappingId: string;
  field: string;
  before: Value;
  after: Value;
  run: SendingRun | null;
  /** Who had chosen it when it was sent, if anybody had. */
  by: ActivityCause | null;
  told: boolean;
  /** A person's value that was put back, and no write of ours that both sides agreed on. */
  theirs: boolean;
};

/** What the undo of a transfer leaves of a record as it is. */
export type UndoneWork = {
  kept: KeptField[];
  /** Why all of it stays. */
  reason: KeptReason | null;
  /** How many mapped fields were to be put back. */
  fields: number;
  /** The ordinary line has something to do to it. */
  left: boolean;
};

export type RecordWork = Observation & {
  plan: PagePlan;
  /** A person wants the removal of its partner left alone. */
  declinedRemoval: boolean;
  /** How often its fields were written in turn on either side, this page included. */
  turns: Turns;
  /** What the page has noted that it would send for it. */
  noted?: SentValues;
  /** What the fuses count of it. */
  harm: Harm;
  undo?: UndoneWork;
  /** A contact that carries the prospect's id, and was found when another one was to be made: it is to be looked at as well. */
  bearer?: string | null;
  /** A transfer leaves an edit of it to the ordinary line. */
  left?: boolean;
};

/** The prospect that this is about, also where it is gone. */
export function prospectIdOf({ prospect, link }: Pick<RecordPair, "prospect" | "link">): string | null {
  return prospect?.id ?? link?.prospectId ?? null;
}
