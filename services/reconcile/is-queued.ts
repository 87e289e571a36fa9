import { type SQL, sql } from "drizzle-orm";

/**
 * Whether the line would have looked at a record, or at the contact that a prospect is linked with, without this
 * comparison: then the news of a change was not lost. To be asked before the comparison marks anything itself.
 */
export const isQueued = (integrationId: string, side: SQL, recordId: SQL): SQL => sql`(
  exists (
    select from pending_records p
    where p.integration_id = ${integrationId}::uuid and p.side = ${side} and p.record_id = ${recordId})
  or exists (
    select from record_links l join pending_records p on p.integration_id = l.integration_id
      and p.side = 'hubspot' and p.record_id = l.contact_id
    where l.integration_id = ${integrationId}::uuid
      and l.prospect_id = case when ${side} = 'snov' then ${recordId}::uuid end))`;
