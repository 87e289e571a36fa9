import { and, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { inOneSnapshot } from "@/db/one-snapshot";
import { activities } from "@/db/schema/sync";
import { type ActivityFilter, activityConditions } from "./activity-filter";
import type { OverviewChange } from "./overview-changes";
import { isToldOrDecided } from "./told-activities";

/** A place between two rows: with the microseconds, which a Date would drop. */
export type ActivityCursor = { at: string; id: number };
export type ActivitiesPage = {
  activities: OverviewChange[];
  /** Where the next page begins. It stands also where the time ran out before a page was full. */
  next: ActivityCursor | null;
};

/** A rare combination of filters takes many looks, not one that lasts: each is as long as the one before was quick. */
const rowsOfFirstLook = 2_000;
const rowsOfLongestLook = 16_000;
const quickMs = 15;
const looksForMs = 50;
const recordsAtMost = 100;

/**
 * Activities of an integration and people's edits in its workspace, the latest first. An index finds those of a record,
 * a run, a person or a span of time; the other filters are asked of its rows, as far back as the time allows.
 */
export async function activitiesPage(
  db: Db,
  of: OfWorkspace,
  filter: ActivityFilter,
  place: AskedPlace,
): Promise<ActivitiesPage> {
  return await inOneSnapshot(db, (tx) => pageIn(tx, of, filter, place));
}

type OfWorkspace = { workspaceId: string; integrationId: string };
type AskedPlace = { after: ActivityCursor | null; limit: number };

/** Of one snapshot: what is added between a look and the place where it ended would be in both looks otherwise. */
async function pageIn(
  db: Tx,
  { workspaceId, integrationId }: OfWorkspace,
  filter: ActivityFilter,
  { after, limit }: AskedPlace,
): Promise<ActivitiesPage> {
  const named = filter.search ? await recordsNamed(db, workspaceId, filter.search) : [];
  const found = and(
    eq(activities.workspaceId, workspaceId),
    filter.prospectId ? eq(activities.prospectId, filter.prospectId) : undefined,
    filter.runId ? eq(activities.runId, filter.runId) : undefined,
    filter.userId ? sql`${activities.cause} ->> 'userId' = ${filter.userId}` : undefined,
    filter.from ? sql`${activities.at} >= ${filter.from}::timestamptz` : undefined,
    filter.to ? sql`${activities.at} < ${filter.to}::timestamptz` : undefined,
  );
  const asked = and(
    or(
      eq(activities.integrationId, integrationId),
      and(isNull(activities.integrationId), isNotNull(activities.prospectId)),
    ),
    isToldOrDecided,
    ...activityConditions(filter),
    // A contact without a prospect, and who is gone or was called so once, has only the name that was told.
    filter.search
      ? or(named.length ? inArray(activities.prospectId, named) : undefined, isNamed(filter.search))
      : undefined,
  );
  const begun = performance.now();
  const rows: Row[] = [];
  let place = after;
  for (let length = rowsOfFirstLook; ; ) {
    const looked = performance.now();
    rows.push(...(await look(db, { found, asked, after: place, length, limit: limit + 1 - rows.length })));
    const last = rows[limit - 1];
    if (rows.length > limit && last) return { activities: shown(rows.slice(0, limit)), next: placeOf(last) };
    place = await endOfLook(db, { found, after: place, length });
    const now = performance.now();
    if (!place || now - begun > looksForMs) return { activities: shown(rows), next: place };
    if (now - looked < quickMs) length = Math.min(2 * length, rowsOfLongestLook);
  }
}

type Row = Awaited<ReturnType<typeof look>>[number];

type Look = { found: SQL | undefined; after: ActivityCursor | null; length: number };

/** Of the next rows that the index finds, those that are asked for. */
function look(
  db: Tx,
  { found, asked, after, length, limit }: Look & { asked: SQL | undefined; limit: number },
) {
  const looked = db
    .select()
    .from(activities)
    .where(and(found, isBefore(after)))
    .orderBy(...latestFirst)
    .limit(length)
    .as("activities");
  return db
    .select({
      id: looked.id,
      side: looked.side,
      kind: looked.kind,
      recordName: looked.recordName,
      prospectId: looked.prospectId,
      contactId: looked.contactId,
      changes: looked.changes,
      cause: looked.cause,
      latencyMs: looked.latencyMs,
      runId: looked.runId,
      at: looked.at,
      exactAt: sql<string>`${looked.at}::text`,
    })
    .from(looked)
    .where(asked)
    .orderBy(desc(looked.at), desc(looked.id))
    .limit(limit);
}

/** The last row that `look` saw; null where there is nothing after it. */
async function endOfLook(db: Tx, { found, after, length }: Look): Promise<ActivityCursor | null> {
  const [row] = await db
    .select({ id: activities.id, at: sql<string>`${activities.at}::text` })
    .from(activities)
    .where(and(found, isBefore(after)))
    .orderBy(...latestFirst)
    .offset(length - 1)
    .limit(1);
  return row ?? null;
}

const latestFirst = [desc(activities.at), desc(activities.id)];

function isBefore(after: ActivityCursor | null): SQL | undefined {
  return after
    ? sql`(${activities.at}, ${activities.id}) < (${after.at}::timestamptz, ${after.id}::bigint)`
    : undefined;
}

/** Prospects of that name or address; none where they are so many that what was told has to do. */
async function recordsNamed(db: Tx, workspaceId: string, search: string): Promise<string[]> {
  if (!/[\p{L}\p{N}]/u.test(search)) return [];
  const rows = await db.execute<{ id: string }>(sql`
    select id from prospects where workspace_id = ${workspaceId}::uuid and deleted_at is null
      and search_words @@ prospect_query(${workspaceId}::uuid, ${search})
    union all
    select id from prospects where workspace_id = ${workspaceId}::uuid and deleted_at is not null
      and search_words @@ prospect_query(${workspaceId}::uuid, ${search})
    limit ${recordsAtMost + 1}`);
  return rows.length <= recordsAtMost ? rows.map(({ id }) => id) : [];
}

function isNamed(part: string): SQL {
  return sql`strpos(fold_text(${activities.recordName}), fold_text(${part})) > 0`;
}

function shown(rows: Row[]): OverviewChange[] {
  return rows.map(({ at, exactAt: _, ...row }) => ({ ...row, at: at.toISOString() }));
}

function placeOf({ exactAt, id }: Row): ActivityCursor {
  return { at: exactAt, id };
}
