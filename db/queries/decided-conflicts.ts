import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { inOneSnapshot } from "@/db/one-snapshot";
import { mostCountedOfAct } from "@/lib/most-counted";
import type { Side } from "@/sync/side";
import { isNamed } from "./conflict-filter";
import { type ConflictRow, isDecided, isReversible, isStopped, readConflicts } from "./conflicts";

export type DecidedFilter = {
  /** Part of a name or of an e-mail address, of the record on either side. */
  search?: string | undefined;
  /** Who decided. */
  userId?: string | undefined;
  record?: { side: Side; recordId: string } | undefined;
};
export type DecidedCursor = { resolvedAt: string; id: string };
export type DecidedPage = {
  conflicts: ConflictRow[];
  next: DecidedCursor | null;
  /** Act → how many choices of it can be taken back, of acts that were about several; `mostCountedOfAct`: at least so many. */
  acts: Record<string, number>;
};

/** A name that nobody has takes many looks, not one that lasts. */
const rowsOfLook = 5_000;

/**
 * Conflicts that people have decided, the latest decision first. A name is asked of as many as a look holds: a page that is
 * not full tells where the next look begins.
 */
export async function decidedPage(
  db: Db,
  integrationId: string,
  filter: DecidedFilter,
  { after, limit }: { after: DecidedCursor | null; limit: number },
): Promise<DecidedPage> {
  const { conflicts, next } = await inOneSnapshot(db, (tx) =>
    lookIn(tx, integrationId, filter, { after, limit }),
  );
  return { conflicts, next, acts: await sizesOfActs(db, integrationId, conflicts) };
}

/** Of one snapshot: what is decided between the look and the place where it ended would be in the next one, too. */
async function lookIn(
  db: Tx,
  integrationId: string,
  filter: DecidedFilter,
  { after, limit }: { after: DecidedCursor | null; limit: number },
): Promise<Pick<DecidedPage, "conflicts" | "next">> {
  const { search } = filter;
  const found = (columns: SQL) => decidedSelect(integrationId, filter, after, columns);
  const looked = search
    ? sql`select c.* from (${found(sql`c.*`)} limit ${rowsOfLook}) c where ${isNamed(integrationId, search)}
      order by c.resolved_at desc, c.id desc`
    : found(sql`c.*`);
  const rows = await readConflicts(db, sql`${looked} limit ${limit + 1}`);
  const conflicts = rows.toSorted(latestFirst).slice(0, limit);
  const last = conflicts.at(-1);
  if (rows.length > limit && last?.resolvedAt)
    return { conflicts, next: { resolvedAt: last.resolvedAt, id: last.id } };
  if (!search) return { conflicts, next: null };
  const [end] = await db.execute<DecidedCursor>(
    sql`${found(sql`c.id, to_jsonb(c.resolved_at) #>> '{}' as "resolvedAt"`)} offset ${rowsOfLook - 1} limit 1`,
  );
  return { conflicts, next: end ? { resolvedAt: end.resolvedAt, id: end.id } : null };
}

export function decidedSelect(
  integrationId: string,
  { userId, record }: Pick<DecidedFilter, "userId" | "record">,
  after: DecidedCursor | null,
  columns: SQL,
): SQL {
  return sql`select ${columns} from conflicts c
    where c.integration_id = ${integrationId}::uuid and ${isDecided}
      ${userId ? sql`and c.resolved_by = ${userId}::uuid` : sql``}
      ${record ? sql`and c.side = ${record.side} and c.record_id = ${record.recordId}` : sql``}
      ${after ? sql`and (c.resolved_at, c.id) < (${after.resolvedAt}::timestamptz, ${after.id}::uuid)` : sql``}
    order by c.resolved_at desc, c.id desc`;
}

async function sizesOfActs(
  db: Db,
  integrationId: string,
  conflicts: ConflictRow[],
): Promise<Record<string, number>> {
  const ids = [...new Set(conflicts.flatMap(({ resolutionId }) => resolutionId ?? []))];
  if (!ids.length) return {};
  const rows = await db.execute<{ id: string; count: number }>(sql`
    select act.id, size.count from unnest(${sql.param(ids)}::uuid[]) act(id), lateral (
      select count(*)::int as count from (
        select 1 from conflicts c
        where c.resolution_id = act.id and c.integration_id = ${integrationId}::uuid and ${isDecided}
          and ${isReversible} and not ${isStopped}
        limit ${mostCountedOfAct}) counted) size
    where size.count > 1`);
  return Object.fromEntries([...rows].map(({ id, count }) => [id, count]));
}

/** One integration's times are written alike, so that their texts are in the order of the moments. */
function latestFirst(one: ConflictRow, other: ConflictRow): number {
  const [a, b] = [`${one.resolvedAt} ${one.id}`, `${other.resolvedAt} ${other.id}`];
  return a < b ? 1 : -1;
}
