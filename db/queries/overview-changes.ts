import { and, desc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type ActivityCause, activities, type FieldDelta } from "@/db/schema/sync";
import type { Side } from "@/sync/side";
import { isTold } from "./told-activities";

export type OverviewChange = {
  id: number;
  /** The side that was written; null where a fuse stopped it or was answered, or a person moved a transfer. */
  side: Side | null;
  kind: string;
  recordName: string | null;
  prospectId: string | null;
  contactId: string | null;
  changes: FieldDelta[];
  cause: ActivityCause;
  latencyMs: number | null;
  /** The transfer it belongs to, or tells of. */
  runId: string | null;
  at: string;
};

/** What the integration wrote last, with values before and after, where a fuse stopped it, and what people did with transfers. */
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
      runId: activities.runId,
      at: activities.at,
    })
    .from(activities)
    .where(and(eq(activities.workspaceId, workspaceId), eq(activities.integrationId, integrationId), isTold))
    .orderBy(desc(activities.id))
    .limit(limit);
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}
