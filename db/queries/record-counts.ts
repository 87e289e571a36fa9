import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { pendingRecords, type RecordStatus, recordStatuses } from "@/db/schema/sync";
import { type OfIntegration, ownIntegration } from "./own-integration";
import { waitsAsProspect } from "./waiting-records";

export type StatusCounts = Record<RecordStatus, number>;
export type RecordCounts = StatusCounts & { all: number; waiting: number };

/** How many records were found to stand how when they were last looked at. */
export async function statusCounts(db: Db, of: OfIntegration): Promise<StatusCounts> {
  const rows = await db
    .select({ status: recordStatuses.status, count: sql<number>`count(*)::int` })
    .from(recordStatuses)
    .where(eq(recordStatuses.integrationId, ownIntegration(of)))
    .groupBy(recordStatuses.status);
  const counts = { in_sync: 0, failing: 0, in_conflict: 0, excluded: 0 };
  for (const { status, count } of rows) counts[status] = count;
  return counts;
}

/** The same with those in the queue: some of them have a status, of others nothing is known yet. `counts`: of the statuses. */
export async function recordCounts(db: Db, of: OfIntegration, counts: StatusCounts): Promise<RecordCounts> {
  const known = sql`exists (select from record_statuses s
    left join record_links l on pending_records.side = 'hubspot'
      and l.integration_id = pending_records.integration_id and l.contact_id = pending_records.record_id
    where s.integration_id = pending_records.integration_id
      and s.side = case when l.id is null then pending_records.side else 'snov' end
      and s.record_id = coalesce(l.prospect_id::text, pending_records.record_id))`;
  const [queue] = await db
    .select({
      waiting: sql<number>`count(*)::int`,
      unseen: sql<number>`(count(*) filter (where not ${known}))::int`,
    })
    .from(pendingRecords)
    .where(sql`${eq(pendingRecords.integrationId, ownIntegration(of))} and not ${waitsAsProspect}`);
  const seen = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { ...counts, waiting: queue?.waiting ?? 0, all: seen + (queue?.unseen ?? 0) };
}
