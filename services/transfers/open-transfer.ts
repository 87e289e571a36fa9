import { and, eq, isNull } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { type RunCheckpoint, type RunState, runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import { users } from "@/db/schema/workspaces";

export type OpenTransfer = typeof transfers.$inferSelect & {
  integrationId: string;
  workspaceId: string;
  state: RunState;
  checkpoint: RunCheckpoint;
  startedAt: Date;
  startedBy: string | null;
  startedByName: string | null;
};

/** The transfer as it stands; undefined once it has ended. */
export async function readOpenTransfer(db: Db | Tx, runId: string): Promise<OpenTransfer | undefined> {
  const [row] = await select(db, runId);
  return row && { ...row.transfer, ...row.rest };
}

/** The same, and whoever else wants to move it waits. */
export async function lockOpenTransfer(tx: Tx, runId: string): Promise<OpenTransfer | undefined> {
  const [row] = await select(tx, runId).for("no key update", { of: runs });
  return row && { ...row.transfer, ...row.rest };
}

function select(db: Db | Tx, runId: string) {
  return db
    .select({
      transfer: transfers,
      rest: {
        integrationId: runs.integrationId,
        workspaceId: integrations.workspaceId,
        state: runs.state,
        checkpoint: runs.checkpoint,
        startedAt: runs.startedAt,
        startedBy: runs.startedBy,
        startedByName: users.name,
      },
    })
    .from(runs)
    .innerJoin(transfers, eq(transfers.runId, runs.id))
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .leftJoin(users, eq(users.id, runs.startedBy))
    .where(and(eq(runs.id, runId), isNull(runs.finishedAt)));
}
