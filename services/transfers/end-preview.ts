import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { recordActivities } from "@/services/activities/record-activity";
import type { OpenTransfer } from "./open-transfer";
import { undoneBy } from "./undone-writes";

/** Ends a preview that is not through, for what hinders it; it can be tried again. The caller holds its lock. */
export async function endPreview(tx: Tx, transfer: OpenTransfer): Promise<void> {
  const { runId, workspaceId, integrationId } = transfer;
  await tx
    .update(runs)
    .set({
      state: "stopped",
      finishedAt: new Date(),
      checkpoint: sql`${runs.checkpoint} || '{"stoppedBy": "failed"}'`,
    })
    .where(eq(runs.id, runId));
  await recordActivities(tx, [
    {
      workspaceId,
      integrationId,
      runId,
      kind: `${undoneBy(transfer) ? "undo" : "transfer"}/preview_ended`,
      cause: { kind: "system" },
    },
  ]);
}
