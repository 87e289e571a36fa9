import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { type RunState, runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import { progressOf } from "./transfers";

/** A transfer under way that takes a list's prospects or puts contacts into it. */
export type ListTransfer = {
  runId: string;
  integrationId: string;
  accountName: string;
  state: RunState;
  /** Of `total` records, once its preview is done. */
  reached: number;
  total: number;
};

/** Also one that waits to be allowed: deleting the list then takes nobody out of what it has shown. */
const underWay: RunState[] = ["previewing", "previewed", "running", "paused", "asking"];

export async function listTransferUses(
  db: Db | Tx,
  workspaceId: string,
  listId: string,
): Promise<ListTransfer[]> {
  const rows = await db
    .select({
      runId: runs.id,
      integrationId: integrations.id,
      accountName: connections.accountName,
      state: runs.state,
      preview: transfers.preview,
      done: transfers.done,
    })
    .from(runs)
    .innerJoin(transfers, eq(transfers.runId, runs.id))
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        isNull(integrations.disconnectedAt),
        isNull(runs.finishedAt),
        inArray(runs.state, underWay),
        or(
          and(transfers.fromSnov, or(holds(transfers.prospects), holds(integrations.outgoingScope))),
          and(transfers.fromHubspot, eq(integrations.receivingListId, listId)),
        ),
      ),
    );
  return rows.map(({ preview, done, ...row }) => ({ ...row, ...progressOf({ preview, done }) }));

  function holds(scope: typeof transfers.prospects | typeof integrations.outgoingScope) {
    return sql`(${scope}->>'kind' = 'lists' and ${scope}->'ids' ? ${listId})`;
  }
}
