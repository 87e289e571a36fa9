import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type ActivityCause, activities, type FieldDelta } from "@/db/schema/sync";
import type { Side } from "@/sync/side";

export type OverviewChange = {
  id: number;
  /** The side that was written. */
  side: Side;
  kind: string;
  recordName: string | null;
  prospectId: string | null;
  contactId: string | null;
  changes: FieldDelta[];
  cause: ActivityCause;
  latencyMs: number | null;
  at: string;
};

/** What the integration wrote last, with values before and after. */
export async function lastChanges(
  db: Db,
  workspaceId: string,
  integrationId: string,
  limit: number,
): Promise<OverviewChange[]> {
  const rows = await db
    .select({
      id: activities.id,
      side: activities.side,
      kind: activities.kind,
      recordName: activities.recordName,
      prospectId: activities.prospectId,
      contactId: activities.contactId,
      changes: activities.changes,
      cause: activities.cause,
      latencyMs: activities.latencyMs,
      at: activities.at,
    })
    .from(activities)
    .where(
      and(
        eq(activities.workspaceId, workspaceId),
        eq(activities.integrationId, integrationId),
        isNotNull(activities.side),
        sql`${activities.changes} <> '[]'::jsonb`,
      ),
    )
    .orderBy(desc(activities.id))
    .limit(limit);
  return rows.flatMap(({ side, at, ...row }) => (side ? [{ ...row, side, at: at.toISOString() }] : []));
}
