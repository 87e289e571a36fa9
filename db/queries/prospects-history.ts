import { and, desc, eq, lt } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type ActivityCause, activities, type FieldDelta } from "@/db/schema/sync";

export type HistoryEntry = {
  id: number;
  kind: string;
  changes: FieldDelta[];
  cause: ActivityCause;
  at: string;
};
export type HistoryPage = { entries: HistoryEntry[]; next: number | null };

/** What happened to a prospect, latest first. */
export async function prospectsHistory(
  db: Db,
  workspaceId: string,
  prospectId: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<HistoryPage> {
  const rows = await db
    .select({
      id: activities.id,
      kind: activities.kind,
      changes: activities.changes,
      cause: activities.cause,
      at: activities.at,
    })
    .from(activities)
    .where(
      and(
        eq(activities.workspaceId, workspaceId),
        eq(activities.prospectId, prospectId),
        before ? lt(activities.id, before) : undefined,
      ),
    )
    .orderBy(desc(activities.id))
    .limit(limit + 1);
  const entries = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  return { entries, next: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}
