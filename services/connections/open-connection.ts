import { eq } from "drizzle-orm";
import { type HubspotClient, openHubspot } from "@/connectors/hubspot/client";
import { connections } from "@/db/schema/connections";
import type { Lane } from "@/db/schema/rates";
import type { Deps } from "@/services/context";
import { heldToken, noteAcceptedToken, noteRefusedToken, replaceToken } from "./access-token";
import { accountBudget } from "./account-budget";
import { hubspotApp } from "./hubspot-app";
import { noteMissingScopes } from "./missing-scopes";

/**
 * A client for the account of this connection; its tokens renew themselves. Transfers and what nobody waits for
 * use the bulk lane.
 */
export async function openConnection(
  deps: Pick<Deps, "db" | "budgetOf">,
  connectionId: string,
  lane: Lane = "live",
): Promise<HubspotClient> {
  const [connection] = await deps.db
    .select({ accountId: connections.accountId, timeZone: connections.timeZone })
    .from(connections)
    .where(eq(connections.id, connectionId));
  if (!connection) throw new Error(`There is no connection ${connectionId}`);
  let doubted = false;
  return openHubspot({
    apiUrl: hubspotApp().apiUrl,
    budget: accountBudget(deps, connection.accountId),
    lane,
    timeZone: connection.timeZone ?? undefined,
    accessToken: async () => {
      const held = await heldToken(deps, connectionId);
      doubted = held.doubted;
      return held.accessToken;
    },
    onAuthorized: async () => {
      if (doubted) await noteAcceptedToken(deps, connectionId);
      doubted = false;
    },
    onUnauthorized: ({ accessToken, again, reference }) =>
      again
        ? noteRefusedToken(deps, connectionId, accessToken, reference)
        : replaceToken(deps, connectionId, accessToken),
    onMissingScopes: (error) => noteMissingScopes(deps, connectionId, error),
  });
}
