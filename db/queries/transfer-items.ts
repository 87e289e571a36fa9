import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { type PlannedChange, type PlannedOutcome, type RunOutcome, runItems, runs } from "@/db/schema/runs";
import type { Side } from "@/sync/side";
import { hasWord } from "./prospects-page";

export type TransferItem = {
  side: Side;
  recordId: string;
  name: string;
  planned: PlannedOutcome;
  outcome: RunOutcome;
  /** `reason` is a key of the texts under `recordReason`; `changed`: it was not as shown any more. */
  detail: Record<string, string>;
  changes: PlannedChange[];
  at: string;
};
export type ItemsAfter = { name: string; recordId: string };
export type ItemsFilter = {
  outcome?: RunOutcome | undefined;
  planned?: PlannedOutcome | undefined;
  /** Only records of which a value is replaced, or emptied. */
  overwrites?: boolean | undefined;
  /** Only those of which a field stays as it is while the others travel. */
  held?: boolean | undefined;
  /** Begins of words of their names or addresses, whatever the accents and capital letters. */
  search?: string | undefined;
};

/** Records of a transfer in the order of their names, paged by key. */
export async function readTransferItems(
  db: Db,
  workspaceId: string,
  runId: string,
  { filter, after, limit }: { filter: ItemsFilter; after: ItemsAfter | null; limit: number },
): Promise<TransferItem[]> {
  const rows = await db.transaction(
    async (tx) => {
      // A plan made for the search at hand: a frequent word is found by walking the order, a rare one by the word index.
      await tx.execute(sql`set local plan_cache_mode = force_custom_plan`);
      return await transferItemsSelect(tx, workspaceId, runId, { filter, after, limit });
    },
    { accessMode: "read only" },
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

/** The page's one statement. */
function transferItemsSelect(
  db: Db | Tx,
  workspaceId: string,
  runId: string,
  { filter, after, limit }: { filter: ItemsFilter; after: ItemsAfter | null; limit: number },
) {
  return db
    .select({
      side: runItems.side,
      recordId: runItems.recordId,
      name: sql<string>`coalesce(${runItems.name}, '')`,
      planned: sql<PlannedOutcome>`coalesce(${runItems.planned}, 'equal')`,
      outcome: runItems.outcome,
      detail: runItems.detail,
      changes: sql<PlannedChange[]>`coalesce(${runItems.changes}, '[]'::jsonb)`,
      at: runItems.at,
    })
    .from(runItems)
    .innerJoin(runs, eq(runs.id, runItems.runId))
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .where(
      and(
        eq(runItems.runId, runId),
        eq(runs.kind, "transfer"),
        eq(integrations.workspaceId, workspaceId),
        ...conditions(runId, filter),
        after
          ? sql`(${runItems.sortName}, ${runItems.recordId}) > (${folded(after.name)}, ${after.recordId})`
          : undefined,
      ),
    )
    .orderBy(asc(runItems.sortName), asc(runItems.recordId))
    .limit(limit);
}

function conditions(
  runId: string,
  { outcome, planned, overwrites, held, search = "" }: ItemsFilter,
): (SQL | undefined)[] {
  return [
    outcome ? eq(runItems.outcome, outcome) : undefined,
    planned ? eq(runItems.planned, planned) : undefined,
    overwrites ? sql`${runItems.overwrites}` : undefined,
    held ? sql`${runItems.held}` : undefined,
    hasWord(search) ? sql`${runItems.searchWords} @@ prospect_query(${runId}::uuid, ${search})` : undefined,
  ];
}

function folded(name: string): SQL {
  return sql`left(fold_text(${name}), 200)`;
}
