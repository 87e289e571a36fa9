import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { recordLinks, recordStatuses } from "@/db/schema/sync";
import type { Side } from "@/sync/side";
import { recordNameSql } from "./record-name";

/** The two statuses whose records are shown with a reason. */
export type ReasonedStatus = "failing" | "excluded";
export type ReasonCount = { status: ReasonedStatus; reason: string; count: number };

/** Why records are failing or excluded, the most frequent reason first. */
export async function reasonCounts(
  db: Db,
  workspaceId: string,
  integrationId: string,
): Promise<ReasonCount[]> {
  const reason = sql<string>`coalesce(${recordStatuses.reason}, 'unexpected')`;
  const count = sql<number>`count(*)::int`;
  const rows = await db
    .select({ status: recordStatuses.status, reason, count })
    .from(recordStatuses)
    .where(
      and(
        ofIntegration(db, workspaceId, integrationId),
        inArray(recordStatuses.status, ["failing", "excluded"]),
      ),
    )
    .groupBy(recordStatuses.status, reason)
    .orderBy(desc(count), asc(reason));
  return rows.flatMap(({ status, ...row }) =>
    status === "failing" || status === "excluded" ? [{ ...row, status }] : [],
  );
}

export type ReasonedRecord = {
  side: Side;
  recordId: string;
  /** Null where the record is a contact that was never synced, or has no name. */
  name: string | null;
  /** The linked contact of a prospect. */
  contactId: string | null;
  reason: string;
  detail: Record<string, string>;
  at: string;
};
export type RecordsAfter = { at: string; side: Side; recordId: string };
export type RecordsPage = { records: ReasonedRecord[]; next: RecordsAfter | null };

/** Records of one status and reason, the latest first, paged by key. */
export async function reasonedRecords(
  db: Db,
  workspaceId: string,
  integrationId: string,
  options: { status: ReasonedStatus; reason: string; after: RecordsAfter | null; limit: number },
): Promise<RecordsPage> {
  const { status, reason, after, limit } = options;
  // Milliseconds would lose the rest of a microsecond, and with it a row at the page's edge.
  const exactAt = sql<string>`to_char(${recordStatuses.at} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  const rows = await db
    .select({
      side: recordStatuses.side,
      recordId: recordStatuses.recordId,
      name: sql<string | null>`${recordNameSql}`,
      contactId: recordLinks.contactId,
      reason: sql<string>`coalesce(${recordStatuses.reason}, 'unexpected')`,
      detail: recordStatuses.detail,
      at: exactAt,
    })
    .from(recordStatuses)
    .leftJoin(
      prospects,
      and(
        eq(prospects.workspaceId, workspaceId),
        // A contact's id is no uuid: `case` keeps the cast from it.
        sql`${prospects.id} = case when ${recordStatuses.side} = 'snov' then ${recordStatuses.recordId}::uuid end`,
      ),
    )
    .leftJoin(
      recordLinks,
      and(
        eq(recordLinks.integrationId, recordStatuses.integrationId),
        eq(recordLinks.prospectId, prospects.id),
      ),
    )
    .where(
      and(
        ofIntegration(db, workspaceId, integrationId),
        eq(recordStatuses.status, status),
        sql`coalesce(${recordStatuses.reason}, 'unexpected') = ${reason}`,
        after
          ? sql`(${recordStatuses.at}, ${recordStatuses.side}, ${recordStatuses.recordId})
              < (${after.at}::timestamptz, ${after.side}, ${after.recordId})`
          : undefined,
      ),
    )
    .orderBy(desc(recordStatuses.at), desc(recordStatuses.side), desc(recordStatuses.recordId))
    .limit(limit + 1);
  const records = rows.slice(0, limit);
  const last = records.at(-1);
  return {
    records,
    next: last && rows.length > limit ? { at: last.at, side: last.side, recordId: last.recordId } : null,
  };
}

function ofIntegration(db: Db, workspaceId: string, integrationId: string) {
  return inArray(
    recordStatuses.integrationId,
    db
      .select({ id: integrations.id })
      .from(integrations)
      .where(and(eq(integrations.workspaceId, workspaceId), eq(integrations.id, integrationId))),
  );
}
