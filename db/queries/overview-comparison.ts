import { and, desc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { type RunCounts, type RunStop, runs } from "@/db/schema/runs";

export type OverviewComparison = {
  /** The one under way. `listed`: every record has been compared, and what differed is being synced. */
  running: { compared: number; listed: boolean } | null;
  last: {
    at: string;
    /** Null where it ended early; `stoppedBy` says why. */
    counts: RunCounts | null;
    stoppedBy: RunStop | null;
  } | null;
};

export async function overviewComparison(
  db: Db,
  workspaceId: string,
  integrationId: string,
): Promise<OverviewComparison> {
  const ofKind = (ended: boolean) =>
    db
      .select({
        state: runs.state,
        checkpoint: runs.checkpoint,
        counts: runs.counts,
        finishedAt: runs.finishedAt,
      })
      .from(runs)
      .innerJoin(integrations, eq(integrations.id, runs.integrationId))
      .where(
        and(
          eq(integrations.workspaceId, workspaceId),
          eq(runs.integrationId, integrationId),
          eq(runs.kind, "reconcile"),
          ended ? isNotNull(runs.finishedAt) : isNull(runs.finishedAt),
        ),
      )
      .orderBy(desc(runs.startedAt))
      .limit(1);
  const [[open], [last]] = await Promise.all([ofKind(false), ofKind(true)]);
  return {
    running: open ? { compared: open.counts.compared ?? 0, listed: open.checkpoint.listed ?? false } : null,
    last: last?.finishedAt
      ? {
          at: last.finishedAt.toISOString(),
          counts: last.state === "finished" ? complete(last.counts) : null,
          stoppedBy: last.checkpoint.stoppedBy ?? null,
        }
      : null,
  };
}

function complete(counts: Partial<RunCounts>): RunCounts {
  return {
    compared: 0,
    equal: 0,
    repaired: 0,
    inConflict: 0,
    failing: 0,
    excluded: 0,
    waiting: 0,
    ...counts,
  };
}
