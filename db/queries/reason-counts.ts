import { and, asc, desc, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { recordStatuses } from "@/db/schema/sync";
import { ownIntegration } from "./own-integration";

/** The statuses whose records are shown with a reason; of those in sync, the ones not known to be equal. */
export type ReasonedStatus = "failing" | "excluded" | "in_sync";
export type ReasonCount = { status: ReasonedStatus; reason: string; count: number };

/** Why records are failing or excluded, or in sync and not equal, the most frequent reason first. */
export async function reasonCounts(
  db: Db,
  workspaceId: string,
  integrationId: string,
): Promise<ReasonCount[]> {
  const reason = sql<string>`coalesce(${recordStatuses.reason}, 'unexpected')`;
  const count = sql<number>`count(*)::int`;
  const rows = await db
    .select({ status: recordStatuses.status, reason, count })
    .from(recordStatuses)
    .where(
      and(
        eq(recordStatuses.integrationId, ownIntegration({ workspaceId, integrationId })),
        or(
          inArray(recordStatuses.status, ["failing", "excluded"]),
          and(eq(recordStatuses.status, "in_sync"), isNotNull(recordStatuses.reason)),
        ),
      ),
    )
    .groupBy(recordStatuses.status, reason)
    .orderBy(desc(count), asc(reason));
  return rows.flatMap(({ status, ...row }) =>
    status === "failing" || status === "excluded" || status === "in_sync" ? [{ ...row, status }] : [],
  );
}
