import { and, desc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections, integrations } from "@/db/schema/integrations";
import { journalPositions } from "@/db/schema/journal";
import type { SourceFault } from "@/db/schema/source-fault";
import { changeNotices } from "@/db/schema/sync";

export type ChangeIntake = {
  /** The account's latest change notice; none is kept longer than seven days. */
  latest: { at: string; lateMs: number } | null;
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
  const [[notice], [journal]] = await Promise.all([
    db
      .select({
        at: changeNotices.receivedAt,
        // HubSpot's clock may be ahead of ours.
        lateMs: sql<number>`greatest(0, round(1000 * extract(epoch from
          ${changeNotices.receivedAt} - ${changeNotices.occurredAt})))::float8`,
      })
      .from(changeNotices)
      .where(eq(changeNotices.accountId, own.accountId))
      .orderBy(desc(changeNotices.receivedAt), desc(changeNotices.id))
      .limit(1),
    db
      .select({ readAt: journalPositions.readAt, fault: journalPositions.fault })
      .from(journalPositions)
      .where(eq(journalPositions.appId, appId)),
  ]);
  return {
    latest: notice ? { at: notice.at.toISOString(), lateMs: notice.lateMs } : null,
    searchedAt: own.searchedAt?.toISOString() ?? null,
    journalReadAt: journal?.readAt?.toISOString() ?? null,
    pollFault: own.pollFault,
    journalFault: journal?.fault ?? null,
  };
}
