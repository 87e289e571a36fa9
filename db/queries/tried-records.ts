import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { pendingRecords, recordStatuses } from "@/db/schema/sync";
import type { Side } from "@/sync/side";

export type TriedRecords = {
  /** Not looked at yet. */
  waiting: number;
  failing: number;
};

/** How the failing records of an integration, or the one named, stand after they were to be tried again. */
export async function triedRecords(
  db: Db,
  workspaceId: string,
  integrationId: string,
  only: { side: Side; recordId: string } | null,
): Promise<TriedRecords> {
  const count = sql<number>`count(*)::int`;
  const own = and(eq(integrations.workspaceId, workspaceId), eq(integrations.id, integrationId));
  const named = (table: typeof pendingRecords | typeof recordStatuses) =>
    only ? and(eq(table.side, only.side), eq(table.recordId, only.recordId)) : undefined;
  const ofSameRecord = and(
    eq(recordStatuses.integrationId, pendingRecords.integrationId),
    eq(recordStatuses.side, pendingRecords.side),
    eq(recordStatuses.recordId, pendingRecords.recordId),
  );
  const [[pending], [failing]] = await Promise.all([
    db
      .select({ count })
      .from(pendingRecords)
      .innerJoin(integrations, eq(integrations.id, pendingRecords.integrationId))
      .innerJoin(recordStatuses, ofSameRecord)
      .where(and(own, eq(recordStatuses.status, "failing"), named(pendingRecords))),
    db
      .select({ count })
      .from(recordStatuses)
      .innerJoin(integrations, eq(integrations.id, recordStatuses.integrationId))
      .where(and(own, eq(recordStatuses.status, "failing"), named(recordStatuses))),
  ]);
  return { waiting: pending?.count ?? 0, failing: failing?.count ?? 0 };
}
