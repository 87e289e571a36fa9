import { and, desc, eq, gt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { type RunOutcome, runs } from "@/db/schema/runs";
import { transfers, type UndoneChanges } from "@/db/schema/transfers";

export type EndedTransfer = {
  runId: string;
  integrationId: string;
  accountName: string;
  isUndo: boolean;
  /** Records whose turn has come, and how many of them failed. */
  reached: number;
  failing: number;
};

/** More are not read at once. */
const mostTold = 20;

/** The undo of one change, or of a record's day, is over while whoever asked for it still looks on. */
const ofOnlooker: UndoneChanges["kind"][] = ["change", "day"];

/** Whether people are told of the end of a transfer that undoes this. */
export function isTold(undoes: UndoneChanges | null): boolean {
  return !undoes || !ofOnlooker.includes(undoes.kind);
}

const isToldOf = sql`coalesce(${transfers.undoesChanges} ->> 'kind', '') not in ${ofOnlooker}`;

/** Transfers of a workspace that went through after that moment: the latest of them, in the order of their ends. */
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
        isToldOf,
      ),
    )
    .orderBy(desc(runs.finishedAt))
    .limit(mostTold);
  return rows.toReversed().map(({ undoes, undoesChanges, done, ...row }) => ({
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
