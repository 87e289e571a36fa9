import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { recordStatuses } from "@/db/schema/sync";
import { ownIntegration } from "./own-integration";

/** The two statuses whose records are shown with a reason. */
export type ReasonedStatus = "failing" | "excluded";
export type ReasonCount = { status: ReasonedStatus; reason: string; count: number };

/** Why records are failing or excluded, the most frequent reason first. */
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
        inArray(recordStatuses.status, ["failing", "excluded"]),
      ),
    )
    .groupBy(recordStatuses.status, reason)
    .orderBy(desc(count), asc(reason));
  return rows.flatMap(({ status, ...row }) =>
    status === "failing" || status === "excluded" ? [{ ...row, status }] : [],
  );
}
