import type { ProspectRecord } from "@/connectors/prospects/prospect-record";
import type { Base, SentValues } from "@/db/schema/sync";
import type { RecordPlan } from "@/sync/record-plan";
import type { Both } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { ClaimedRecord } from "./claim-pending";

/** A contact as the engine sees it: property name → value by type. */
export type ContactRecord = {
  id: string;
  name: string;
  fields: Record<string, Value>;
  updatedAt: Date;
};

export type LinkRow = {
  id: string;
  prospectId: string;
  contactId: string;
  base: Base;
  firstSynced: Both<boolean>;
};

/** One record, or one pair, of a page: what was asked, what was seen. */
export type Observation = {
  claimed: ClaimedRecord[];
  prospect: ProspectRecord | null;
  contact: ContactRecord | null;
  link: LinkRow | null;
  /** Set where the pairing itself is uncertain: nothing is decided for such a record. */
  doubt: "match_taken" | null;
  inScope: Both<boolean>;
  openConflicts: Record<string, Both<Value>>;
  /** What an earlier page sent to HubSpot for this prospect without living to commit it. */
  unconfirmed: SentValues;
};

export type RecordWork = Observation & { plan: RecordPlan | { kind: "doubtful"; reason: "match_taken" } };
