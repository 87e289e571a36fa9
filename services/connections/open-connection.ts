import { eq } from "drizzle-orm";
import { type HubspotClient, openHubspot } from "@/connectors/hubspot/client";
import { accountBudget } from "@/connectors/hubspot/rate-budget";
import { connections } from "@/db/schema/integrations";
import type { Deps } from "@/services/context";
import { accessTokenFor, giveUpToken, replaceToken } from "./access-token";
import { hubspotApp } from "./hubspot-app";

/** A client for the account of this connection; its tokens renew themselves. */
export async function openConnection(deps: Pick<Deps, "db">, connectionId: string): Promise<HubspotClient> {
  const { apiUrl } = hubspotApp();
  const [connection] = await deps.db
    .select({ accountId: connections.accountId })
    .from(connections)
    .where(eq(connections.id, connectionId));
  if (!connection) throw new Error(`There is no connection ${connectionId}`);
  return openHubspot({
    apiUrl,
    budget: accountBudget(`${apiUrl} ${connection.accountId}`),
    accessToken: () => accessTokenFor(deps, connectionId),
    onUnauthorized: ({ accessToken, again }) =>
      (again ? giveUpToken : replaceToken)(deps, connectionId, accessToken),
  });
}
