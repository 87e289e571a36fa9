import { type SQL, sql } from "drizzle-orm";
import { pendingRecords, recordLinks } from "@/db/schema/sync";

/** For a row of `pending_records`: a linked pair of which both sides wait is one record, and its prospect stands for it. */
export const waitsAsProspect = sql`(pending_records.side = 'hubspot' and exists (
  select 1 from ${recordLinks} link
  join ${pendingRecords} other on other.integration_id = link.integration_id
    and other.side = 'snov' and other.record_id = link.prospect_id::text
  where link.integration_id = pending_records.integration_id and link.contact_id = pending_records.record_id))`;

/** How many records a selection from `pending_records` comes to. */
export function countOfWaitingRecords(): SQL<number> {
  return sql<number>`(count(*) filter (where not ${waitsAsProspect}))::int`;
}
