import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { doneCounts, isTold } from "@/db/queries/ended-transfers";
import { runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import { releaseUndoing } from "@/services/sync/undoing";
import { raiseNotices } from "@/services/telling/raise-notices";
import type { OpenTransfer } from "./open-transfer";
import { undoneBy } from "./undone-writes";

/** Ends the transfer when nothing is left, and tells of it. Returns whether it has ended. */
export async function finishTransfer(db: Db, transfer: OpenTransfer): Promise<boolean> {
  const { runId, workspaceId, integrationId, undoes, undoesChanges } = transfer;
  return await db.transaction(async (tx) => {
    const ended = await tx
      .update(runs)
      .set({ state: "finished", finishedAt: new Date() })
      .where(
        and(
          eq(runs.id, runId),
          eq(runs.state, "running"),
          isNull(runs.finishedAt),
          sql`not exists (select 1 from run_items i where i.run_id = ${runId}::uuid and i.outcome in ('planned', 'asked'))`,
        ),
      )
      .returning({ id: runs.id });
    if (!ended.length) return false;
    if (undoneBy(transfer)) await releaseUndoing(tx, integrationId, runId);
    if (!isTold(undoesChanges)) return true;
    const [counted] = await tx
      .select({ done: transfers.done })
      .from(transfers)
      .where(eq(transfers.runId, runId));
    const { reached, failing } = doneCounts(counted?.done ?? {});
    const params = { count: reached, failing, isUndo: undoes !== null || undoesChanges !== null };
    await raiseNotices(tx, [{ workspaceId, integrationId, kind: "transfer_ended", runId, params }]);
    return true;
  });
}
