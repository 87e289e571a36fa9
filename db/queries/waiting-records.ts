import { type SQL, sql } from "drizzle-orm";
import { pendingRecords, recordLinks } from "@/db/schema/sync";

/** For a selection from `pending_records`: a linked pair of which both sides wait counts once, as one record. */
export function countOfWaitingRecords(): SQL<number> {
  const prospectWaits = sql`exists (
    select 1 from ${recordLinks} link
    join ${pendingRecords} other on other.integration_id = link.integration_id
      and other.side = 'snov' and other.record_id = link.prospect_id::text
    where link.integration_id = pending_records.integration_id and link.contact_id = pending_records.record_id)`;
  return sql<number>`(count(*) filter (where not (pending_records.side = 'hubspot' and ${prospectWaits})))::int`;
}
