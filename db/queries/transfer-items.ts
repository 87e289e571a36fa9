import { and, asc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { type PlannedChange, type PlannedOutcome, type RunOutcome, runItems, runs } from "@/db/schema/runs";
import type { Side } from "@/sync/side";

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
  /** How their name begins, whatever its accents and capital letters. */
  begins?: string | undefined;
};

/** Records of a transfer in the order of their names, paged by key. */
export async function readTransferItems(
  db: Db,
  workspaceId: string,
  runId: string,
  { filter, after, limit }: { filter: ItemsFilter; after: ItemsAfter | null; limit: number },
): Promise<TransferItem[]> {
  const rows = await db
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
        ...conditions(filter),
        after
          ? sql`(${runItems.sortName}, ${runItems.recordId}) > (${folded(after.name)}, ${after.recordId})`
          : undefined,
      ),
    )
    .orderBy(asc(runItems.sortName), asc(runItems.recordId))
    .limit(limit);
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

function conditions({ outcome, planned, overwrites, begins }: ItemsFilter): (SQL | undefined)[] {
  return [
    outcome ? eq(runItems.outcome, outcome) : undefined,
    planned ? eq(runItems.planned, planned) : undefined,
    overwrites ? sql`${runItems.overwrites}` : undefined,
    begins
      ? and(
          gte(runItems.sortName, folded(begins)),
          lt(runItems.sortName, sql`${folded(begins)} || ${"\u{10ffff}"}`),
        )
      : undefined,
  ];
}

function folded(name: string): SQL {
  return sql`left(fold_text(${name}), 200)`;
}
