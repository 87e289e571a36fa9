import { and, eq, isNull } from "drizzle-orm";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { connections, integrations } from "@/db/schema/integrations";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { raiseNotices } from "@/services/telling/raise-notices";
import { heldToken, replaceToken } from "./access-token";

/**
 * HubSpot told that our app was uninstalled from an account. That may be days ago, and the account connected again since:
 * its token service alone says whether a connection has ended. What it says in the same words where access was
 * revoked in any other way is known for what it is from then on.
 */
export async function noteUninstalled(deps: Pick<Deps, "db">, accountId: string): Promise<void> {
  const own = and(eq(connections.accountId, accountId), isNull(connections.disconnectedAt));
  const all = await deps.db.select().from(connections).where(own);
  for (const { id, brokenReason } of all) {
    if (!brokenReason) await askForToken(deps, id);
    await deps.db.transaction(async (tx) => {
      const [ended] = await tx
        .update(connections)
        .set({ brokenReason: "uninstalled" })
        .where(and(own, eq(connections.id, id), eq(connections.brokenReason, "revoked")))
        .returning({ workspaceId: connections.workspaceId });
      if (!ended) return;
      const stopped = await tx
        .select({ id: integrations.id })
        .from(integrations)
        .where(and(eq(integrations.connectionId, id), isNull(integrations.disconnectedAt)));
      await raiseNotices(
        tx,
        stopped.map((integration) => ({
          workspaceId: ended.workspaceId,
          integrationId: integration.id,
          kind: "connection_broken",
          params: { reason: "uninstalled" },
        })),
      );
    });
  }
}

/** A connection that has ended is marked so; one that HubSpot says nothing of now is found out by its next renewal. */
async function askForToken(deps: Pick<Deps, "db">, connectionId: string): Promise<void> {
  try {
    const { accessToken } = await heldToken(deps, connectionId);
    await replaceToken(deps, connectionId, accessToken);
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    if (error.kind !== "unauthorized")
      log.warn("connection/uninstalled-not-confirmed", { connectionId, ...errorFields(error) });
  }
}
