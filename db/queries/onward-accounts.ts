import { and, asc, eq, isNotNull, isNull, ne } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";

/** The accounts to which other integrations of the workspace send on what comes into Snov.io. */
export async function onwardAccounts(db: Db, workspaceId: string, integrationId: string): Promise<string[]> {
  const rows = await db
    .select({ accountName: connections.accountName })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        ne(integrations.id, integrationId),
        ne(integrations.syncType, "to_snov"),
        isNotNull(integrations.launchedAt),
        isNull(integrations.disconnectedAt),
      ),
    )
    .orderBy(asc(connections.accountName));
  return rows.map(({ accountName }) => accountName);
}
