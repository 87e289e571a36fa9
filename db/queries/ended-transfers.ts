import { and, asc, eq, gt } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { type RunOutcome, runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";

export type EndedTransfer = {
  runId: string;
  integrationId: string;
  accountName: string;
  isUndo: boolean;
  /** Records whose turn has come, and how many of them failed. */
  reached: number;
  failing: number;
};

/** Transfers of a workspace that went through after that moment. */
export async function endedTransfers(db: Db, workspaceId: string, since: Date): Promise<EndedTransfer[]> {
  const rows = await db
    .select({
      runId: runs.id,
      integrationId: runs.integrationId,
      accountName: connections.accountName,
      undoes: transfers.undoes,
      undoesChanges: transfers.undoesChanges,
      done: transfers.done,
    })
    .from(runs)
    .innerJoin(transfers, eq(transfers.runId, runs.id))
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        eq(runs.kind, "transfer"),
        eq(runs.state, "finished"),
        gt(runs.finishedAt, since),
      ),
    )
    .orderBy(asc(runs.finishedAt))
    .limit(20);
  return rows.map(({ undoes, undoesChanges, done, ...row }) => ({
    ...row,
    isUndo: undoes !== null || undoesChanges !== null,
    ...doneCounts(done),
  }));
}

export function doneCounts(done: Partial<Record<RunOutcome, number>>) {
  return {
    reached: Object.values(done).reduce((sum, count) => sum + count, 0),
    failing: done.failing ?? 0,
  };
}
