import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { wakeAt } from "./wake-at";

export type ComparisonRun = { runId: string; integrationId: string };

/**
 * Open comparisons, of one integration or of all, that have not got on for a while: whoever ran them may be gone, or has
 * left them until HubSpot can be read. The caller sends somebody to each, and nobody else is sent meanwhile.
 */
export async function takeUpComparisons(
  db: Db,
  { integrationId, now = new Date() }: { integrationId?: string; now?: Date } = {},
): Promise<ComparisonRun[]> {
  return await db
    .update(runs)
    .set({ checkpoint: sql`${runs.checkpoint} || ${JSON.stringify(wakeAt(now))}::jsonb` })
    .where(
      and(
        eq(runs.kind, "reconcile"),
        isNull(runs.finishedAt),
        integrationId ? eq(runs.integrationId, integrationId) : undefined,
        sql`coalesce((${runs.checkpoint} ->> 'wakeAt')::timestamptz, '-infinity') <= ${now.toISOString()}::timestamptz`,
      ),
    )
    .returning({ runId: runs.id, integrationId: runs.integrationId });
}
