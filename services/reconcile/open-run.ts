import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { type RunCheckpoint, type RunStop, runItems, runs } from "@/db/schema/runs";

export type OpenRun = { id: string; integrationId: string; checkpoint: RunCheckpoint; startedAt: Date };

/** The run as it stands; undefined once it has ended. */
export async function readOpenRun(db: Db | Tx, runId: string): Promise<OpenRun | undefined> {
  const [run] = await open(db, runId);
  return run;
}

/** The same, and whoever else wants to move it waits. */
export async function lockOpenRun(tx: Tx, runId: string): Promise<OpenRun | undefined> {
  const [run] = await open(tx, runId).for("update");
  return run;
}

/** Ends a run that cannot go on. What it has marked stays marked. */
export async function stopRun(db: Db, runId: string, stoppedBy: RunStop): Promise<void> {
  await db.transaction(async (tx) => {
    const run = await lockOpenRun(tx, runId);
    if (!run) return;
    await tx
      .update(runs)
      .set({ state: "stopped", finishedAt: new Date(), checkpoint: { ...run.checkpoint, stoppedBy } })
      .where(eq(runs.id, runId));
    await forgetAlike(tx, runId);
  });
}

/** What was alike, or came to be by itself, has served its purpose once a run has ended: to tell who was missing. */
export async function forgetAlike(tx: Tx, runId: string): Promise<void> {
  await tx
    .delete(runItems)
    .where(and(eq(runItems.runId, runId), inArray(runItems.outcome, ["equal", "arrived"])));
}

function open(db: Db | Tx, runId: string) {
  return db
    .select({
      id: runs.id,
      integrationId: runs.integrationId,
      checkpoint: runs.checkpoint,
      startedAt: runs.startedAt,
    })
    .from(runs)
    .where(and(eq(runs.id, runId), isNull(runs.finishedAt)));
}
