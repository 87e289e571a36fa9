import { and, desc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type RunCounts, type RunReason, type RunStop, runs } from "@/db/schema/runs";
import { type OfIntegration, ownIntegration } from "./own-integration";

export type RunningComparison = {
  compared: number;
  /** Every record has been compared, and what differed is being synced. */
  listed: boolean;
  /** When it last got on. */
  savedAt: string;
};

export type EndedComparison = {
  id: string;
  startedAt: string;
  at: string;
  /** Who asked for it; null for the daily one. */
  by: string | null;
  /** Null where it ended early; `stoppedBy` says why. */
  counts: RunCounts | null;
  stoppedBy: RunStop | null;
  /** What the counts are made of, the most frequent first. */
  reasons: RunReason[];
  /** Fields that were left out, because their mapping was stopped. */
  notCompared: string[];
  /** How often it stood still for minutes, and went on where it was. */
  interruptions: number;
};

export async function runningComparison(db: Db, of: OfIntegration): Promise<RunningComparison | null> {
  const [open] = await db
    .select({ checkpoint: runs.checkpoint, counts: runs.counts, startedAt: runs.startedAt })
    .from(runs)
    .where(and(ofKind(of), isNull(runs.finishedAt)));
  if (!open) return null;
  return {
    compared: open.counts.compared ?? 0,
    listed: open.checkpoint.listed ?? false,
    savedAt: open.checkpoint.savedAt ?? open.startedAt.toISOString(),
  };
}

/** The latest first; without a limit all that are kept. */
export async function endedComparisons(
  db: Db,
  of: OfIntegration,
  limit?: number,
): Promise<EndedComparison[]> {
  const all = db
    .select()
    .from(runs)
    .where(and(ofKind(of), isNotNull(runs.finishedAt)))
    .orderBy(desc(runs.startedAt));
  const rows = await (limit === undefined ? all : all.limit(limit));
  return rows.flatMap(({ finishedAt, checkpoint, ...run }) =>
    finishedAt
      ? [
          {
            id: run.id,
            startedAt: run.startedAt.toISOString(),
            at: finishedAt.toISOString(),
            by: run.startedByName,
            counts: run.state === "finished" ? { ...noCounts, ...run.counts } : null,
            stoppedBy: checkpoint.stoppedBy ?? null,
            reasons: run.reasons ?? [],
            notCompared: checkpoint.notCompared ?? [],
            interruptions: checkpoint.interruptions ?? 0,
          },
        ]
      : [],
  );
}

function ofKind(of: OfIntegration) {
  return and(eq(runs.integrationId, ownIntegration(of)), eq(runs.kind, "reconcile"));
}

const noCounts: RunCounts = {
  compared: 0,
  equal: 0,
  arrived: 0,
  oneWay: 0,
  repaired: 0,
  inConflict: 0,
  failing: 0,
  excluded: 0,
  waiting: 0,
};
