import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";

export type IntegrationConnection = {
  integration: typeof integrations.$inferSelect;
  connection: typeof connections.$inferSelect;
};

/** An integration with the connection behind it; for the server alone, it holds sealed tokens. */
export async function readIntegrationConnection(
  db: Db | Tx,
  workspaceId: string,
  integrationId: string,
): Promise<IntegrationConnection | undefined> {
  const [row] = await db
    .select({ integration: integrations, connection: connections })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(and(eq(integrations.workspaceId, workspaceId), eq(integrations.id, integrationId)));
  return row;
}

/**
 * Whether anybody, in any workspace, lives on our app's installation in this account.
 * Read across workspaces: HubSpot knows only our app, not who of us uses it.
 */
export async function isAccountInUse(db: Db | Tx, accountId: string): Promise<boolean> {
  const [row] = await db
    .select({ found: sql<number>`1` })
    .from(connections)
    .where(and(eq(connections.accountId, accountId), isNull(connections.disconnectedAt)))
    .limit(1);
  return row !== undefined;
}

/** Whether an integration, of whatever workspace, is with this account. */
export function isOfAccount(integrationId: SQL, accountId: string): SQL {
  return sql`${integrationId} in (
    select i.id from integrations i join connections c on c.id = i.connection_id where c.account_id = ${accountId})`;
}
