import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { type RunCheckpoint, type RunStop, runItems, runs } from "@/db/schema/runs";
import { startReconcile } from "./start-reconcile";

export type OpenRun = { id: string; integrationId: string; checkpoint: RunCheckpoint; startedAt: Date };

/** The run as it stands; undefined once it has ended. */
export async function readOpenRun(db: Db | Tx, runId: string): Promise<OpenRun | undefined> {
  const [run] = await open(db, runId);
  return run;
}

/** The same, and whoever else wants to move it waits. */
export async function lockOpenRun(tx: Tx, runId: string): Promise<OpenRun | undefined> {
  const [run] = await open(tx, runId).for("no key update");
  return run;
}

/** Ends a run that cannot go on. What it has marked stays marked. */
export async function stopRun(db: Db, runId: string, stoppedBy: RunStop): Promise<void> {
  await db.transaction(async (tx) => {
    const run = await lockOpenRun(tx, runId);
    if (!run) return;
    const checkpoint = { ...run.checkpoint, stoppedBy };
    await endRun(tx, run, { state: "stopped", finishedAt: new Date(), checkpoint });
  });
}

/**
 * What was alike, or came to be by itself, has served its purpose once a run has ended: to tell who was missing. Where something changed
 * unseen while it was under way, another run begins.
 */
export async function endRun(
  tx: Tx,
  run: OpenRun,
  end: Pick<typeof runs.$inferInsert, "state" | "finishedAt" | "checkpoint" | "counts" | "reasons">,
): Promise<void> {
  await tx.update(runs).set(end).where(eq(runs.id, run.id));
  await tx
    .delete(runItems)
    .where(and(eq(runItems.runId, run.id), inArray(runItems.outcome, ["equal", "one_way", "arrived"])));
  if (run.checkpoint.again) await startReconcile(tx, [run.integrationId]);
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
