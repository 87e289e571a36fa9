import { and, eq, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { journalPositions, untoldChanges } from "@/db/schema/journal";
import type { SourceFault } from "@/db/schema/source-fault";

/** `lateMs`: from the change to its coming. */
export type LatestNotice = { at: string; lateMs: number };

export type ChangeIntake = {
  /** The account's latest change notice by each way; none is kept longer than seven days. */
  pushed: LatestNotice | null;
  journaled: LatestNotice | null;
  /**
   * Changes of those days that another source found before any webhook told of them, and the latest of them; `sincePush`
   * counts those since the last notice that was pushed.
   */
  untold: { at: string; count: number; sincePush: number } | null;
  /** Up to when HubSpot was last searched for changes. */
  searchedAt: string | null;
  journalReadAt: string | null;
  /** Of asking HubSpot by search and by list, and of reading the journal. */
  pollFault: SourceFault | null;
  journalFault: SourceFault | null;
};

/** Null for an integration that is not the workspace's. */
export async function changeIntake(
  db: Db,
  workspaceId: string,
  integrationId: string,
  appId: string,
): Promise<ChangeIntake | null> {
  const [own] = await db
    .select({
      accountId: connections.accountId,
      searchedAt: integrations.polledUntil,
      pollFault: integrations.pollFault,
    })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(and(eq(integrations.workspaceId, workspaceId), eq(integrations.id, integrationId)));
  if (!own) return null;
  const [pushed, journaled, [journal]] = await Promise.all([
    latest(db, own.accountId, "pushed"),
    latest(db, own.accountId, "journaled"),
    db
      .select({ readAt: journalPositions.readAt, fault: journalPositions.fault })
      .from(journalPositions)
      .where(eq(journalPositions.appId, appId)),
  ]);
  return {
    pushed,
    journaled,
    untold: await untoldByPush(db, { ...own, integrationId }, pushed),
    searchedAt: own.searchedAt?.toISOString() ?? null,
    journalReadAt: journal?.readAt?.toISOString() ?? null,
    pollFault: own.pollFault,
    journalFault: journal?.fault ?? null,
  };
}

const Latest = z.object({ at: z.coerce.date(), lateMs: z.number() });

async function latest(db: Db, accountId: string, way: "pushed" | "journaled"): Promise<LatestNotice | null> {
  const isJournals = sql`dedupe_key like 'journal|%'`;
  // HubSpot's clock may be ahead of ours.
  const [row] = await db.execute(sql`
    select received_at as at,
      greatest(0, round(1000 * extract(epoch from received_at - occurred_at)))::float8 as "lateMs"
    from change_notices
    where account_id = ${accountId} and ${way === "journaled" ? isJournals : sql`not ${isJournals}`}
    order by received_at desc, id desc limit 1`);
  if (!row) return null;
  const { at, lateMs } = Latest.parse(row);
  return { at: at.toISOString(), lateMs };
}

async function untoldByPush(
  db: Db,
  { accountId, integrationId }: { accountId: string; integrationId: string },
  pushed: LatestNotice | null,
): Promise<ChangeIntake["untold"]> {
  const isLater = sql`${untoldChanges.foundAt} > coalesce(${pushed?.at ?? null}::timestamptz, '-infinity')`;
  const [row] = await db
    .select({
      at: sql<Date | string | null>`max(${untoldChanges.foundAt})`,
      count: sql<number>`count(*)::int`,
      sincePush: sql<number>`(count(*) filter (where ${isLater}))::int`,
    })
    .from(untoldChanges)
    .where(
      and(
        or(eq(untoldChanges.integrationId, integrationId), eq(untoldChanges.accountId, accountId)),
        untoldChanges.brought,
      ),
    );
  if (!row?.at) return null;
  return { at: new Date(row.at).toISOString(), count: row.count, sincePush: row.sincePush };
}
