import { eq, sql } from "drizzle-orm";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { OWNERS_SCOPE } from "@/connectors/hubspot/scopes";
import { connections, hubspotUsers } from "@/db/schema/connections";
import type { Lane } from "@/db/schema/rates";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { openConnection } from "./open-connection";

/**
 * Learns the names of an account's users, so that a change in HubSpot is told by who made it. The scope is optional:
 * without it, or where HubSpot does not answer, what was known stays, and nothing else waits for it.
 */
export async function rereadUsers(deps: Deps, connectionId: string, lane: Lane = "bulk"): Promise<void> {
  const [connection] = await deps.db
    .select({ scopes: connections.scopes })
    .from(connections)
    .where(eq(connections.id, connectionId));
  if (!connection?.scopes.includes(OWNERS_SCOPE)) return;
  try {
    const hubspot = await openConnection(deps, connectionId, lane);
    const users = await hubspot.owners.listUsers();
    if (!users.length) return;
    await deps.db.transaction(async (tx) => {
      await tx.delete(hubspotUsers).where(eq(hubspotUsers.connectionId, connectionId));
      await tx.execute(sql`
        insert into hubspot_users (connection_id, user_id, name)
        select ${connectionId}::uuid, x."userId", x.name
        from jsonb_to_recordset(${JSON.stringify(users)}::jsonb) as x("userId" text, name text)
        on conflict (connection_id, user_id) do update set name = excluded.name`);
    });
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.warn("hubspot/users-not-read", errorFields(error));
  }
}
