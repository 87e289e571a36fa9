import { eq } from "drizzle-orm";
import { isRefusal, RemoteError } from "@/connectors/hubspot/remote-error";
import type { Db } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { comparisonEndsAt, type Wait, waitingSince } from "@/lib/preview-wait";
import { lockOpenRun, stopRun } from "./open-run";
import { wakeAt } from "./wake-at";

/** Somebody is sent to a comparison more often, unless HubSpot has said when. */
const quietMs = 60 * 60_000;

/**
 * Notes that a comparison's next page could not be read: it stays open, and whoever is sent next goes on where it was. It
 * ends where HubSpot refuses what was asked, which no waiting mends, or where nothing could be read for hours.
 */
export async function noteHindered(
  db: Db,
  runId: string,
  error: unknown,
  now: Date = new Date(),
): Promise<void> {
  const waitMs = (error instanceof RemoteError && error.retryAfterMs) || 0;
  const isOver = await db.transaction(async (tx) => {
    const run = await lockOpenRun(tx, runId);
    if (!run) return false;
    const hindered = waitOf(run.checkpoint.hindered ?? null, waitMs, now);
    const checkpoint = { ...run.checkpoint, hindered, ...wakeAt(now, waitMs) };
    await tx.update(runs).set({ checkpoint }).where(eq(runs.id, runId));
    return comparisonEndsAt(hindered) <= now || isRefusal(error);
  });
  if (isOver) await stopRun(db, runId, "failed");
}

function waitOf(before: Wait | null, waitMs: number, now: Date): Wait {
  const until = waitMs ? new Date(now.getTime() + waitMs) : null;
  return {
    since: waitingSince(before, until, now, quietMs).toISOString(),
    at: now.toISOString(),
    until: until?.toISOString() ?? null,
  };
}
