import { and, desc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { type IntegrationState, integrations } from "@/db/schema/integrations";

export type IntegrationRow = {
  id: string;
  accountId: string;
  accountName: string;
  state: IntegrationState;
  /** By a fuse that waits for an answer. */
  stopped: boolean;
  disconnected: boolean;
  lastChangeAt: string | null;
};

/**
 * The workspace's integrations in the order they were made; those that were disconnected after launch come last,
 * because connecting their account again brings them back.
 */
export async function listIntegrations(db: Db, workspaceId: string): Promise<IntegrationRow[]> {
  const lastChangeAt = sql<string | null>`(select max(at) from (
    select at from activities a where a.integration_id = ${integrations.id} order by a.id desc limit 1) as latest)`;
  const rows = await db
    .select({
      id: integrations.id,
      accountId: connections.accountId,
      accountName: connections.accountName,
      state: integrations.state,
      stopped: sql<boolean>`${integrations.fuseStop} is not null`,
      disconnectedAt: integrations.disconnectedAt,
      lastChangeAt,
    })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        or(isNull(integrations.disconnectedAt), isNotNull(integrations.launchedAt)),
      ),
    )
    .orderBy(desc(isNull(integrations.disconnectedAt)), integrations.createdAt, integrations.id);
  return rows.map(({ disconnectedAt, lastChangeAt: at, ...row }) => ({
    ...row,
    disconnected: disconnectedAt !== null,
    lastChangeAt: at ? new Date(at).toISOString() : null,
  }));
}
