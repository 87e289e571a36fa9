import { and, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type RunCheckpoint, runs } from "@/db/schema/runs";
import { startReconcile } from "./start-reconcile";

/**
 * All of these integrations' records are compared from now on: what changed unseen may lie on pages that a comparison
 * under way has passed, so that another one follows it.
 */
export async function compareAfresh(tx: Tx, integrationIds: string[]): Promise<void> {
  const open = await startReconcile(tx, integrationIds);
  const underWay = open.filter(({ isNew }) => !isNew).map(({ runId }) => runId);
  if (!underWay.length) return;
  const followed: Pick<RunCheckpoint, "again"> = { again: true };
  const marked = await tx
    .update(runs)
    .set({ checkpoint: sql`${runs.checkpoint} || ${JSON.stringify(followed)}::jsonb` })
    .where(and(inArray(runs.id, underWay), isNull(runs.finishedAt)))
    .returning({ id: runs.id });
  // Some have ended meanwhile: now nothing keeps theirs from being started.
  if (marked.length < underWay.length) await startReconcile(tx, integrationIds);
}
