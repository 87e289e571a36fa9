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
/** After which record a page begins. `name`: that by which they are in order, which is no more than the begin of a long one. */
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

type ItemsQuery = { filter: ItemsFilter; after: ItemsAfter | null };

/** So many rows are asked for a searched word before its index is. */
const rowsOfFirstLook = 5_000;

/**
 * Records of a transfer in the order of their names, paged by key. A frequent word is found by walking that order, a rare
 * one by the word index; the database cannot tell which one the begin of a word is, so the first rows are looked through.
 */
export async function readTransferItems(
  db: Db,
  workspaceId: string,
  runId: string,
  { length, ...query }: ItemsQuery & { length: number },
): Promise<{ items: TransferItem[]; next: ItemsAfter | null }> {
  const limit = length + 1;
  const rows = await db.transaction(
    async (tx) => {
      await tx.execute(sql`set local plan_cache_mode = force_custom_plan`);
      const read = (which: SQL) => select(tx, workspaceId, runId, which, limit);
      const { asked, search, named } = conditions(runId, query);
      if (!search) return await read(asked);
      const near = await read(
        within(sql`
        select side, record_id from (
          select side, record_id, sort_name, search_words from run_items where ${asked}
          order by sort_name, record_id limit ${rowsOfFirstLook}) looked
        where ${named} order by sort_name, record_id limit ${limit}`),
      );
      if (near.length === limit) return near;
      // "offset 0" keeps Postgres from walking the order for a word that is rare in it.
      return await read(
        within(sql`
        select side, record_id from (
          select side, record_id, sort_name from run_items where ${asked} and ${named} offset 0) found
        order by sort_name, record_id limit ${limit}`),
      );
    },
    { accessMode: "read only" },
  );
  const shown = rows.slice(0, length);
  const last = shown.at(-1);
  return {
    items: shown.map(({ at, sortName: _, ...row }) => ({ ...row, at: at.toISOString() })),
    next: last && rows.length > length ? { name: last.sortName ?? "", recordId: last.recordId } : null,
  };
}

function select(db: Tx, workspaceId: string, runId: string, which: SQL, limit: number) {
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
      sortName: runItems.sortName,
    })
    .from(runItems)
    .innerJoin(runs, eq(runs.id, runItems.runId))
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .where(
      and(
        eq(runItems.runId, runId),
        eq(runs.kind, "transfer"),
        eq(integrations.workspaceId, workspaceId),
        which,
      ),
    )
    .orderBy(asc(runItems.sortName), asc(runItems.recordId))
    .limit(limit);
}

function within(keys: SQL): SQL {
  return sql`(${runItems.side}, ${runItems.recordId}) in (${keys})`;
}

/** `named`: that a record has the words of `search`, if there are any. */
function conditions(
  runId: string,
  { filter, after }: ItemsQuery,
): { asked: SQL; search: boolean; named: SQL } {
  const { outcome, planned, overwrites, held, search = "" } = filter;
  const asked = [
    eq(runItems.runId, runId),
    outcome ? eq(runItems.outcome, outcome) : undefined,
    planned ? eq(runItems.planned, planned) : undefined,
    overwrites ? sql`${runItems.overwrites}` : undefined,
    held ? sql`${runItems.held}` : undefined,
    after
      ? sql`(${runItems.sortName}, ${runItems.recordId}) > (${after.name}, ${after.recordId})`
      : undefined,
  ];
  return {
    asked: sql.join(
      asked.filter((one) => one !== undefined),
      sql` and `,
    ),
    search: hasWord(search),
    named: sql`search_words @@ prospect_query(${runId}::uuid, ${search})`,
  };
}
