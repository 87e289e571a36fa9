import { eq } from "drizzle-orm";
import { type HubspotClient, openHubspot } from "@/connectors/hubspot/client";
import { connections } from "@/db/schema/integrations";
import type { Lane } from "@/db/schema/rates";
import type { Deps } from "@/services/context";
import { accessTokenFor, noteRefusedToken, replaceToken } from "./access-token";
import { accountBudget } from "./account-budget";
import { hubspotApp } from "./hubspot-app";
import { markScopesMissing } from "./mark-broken";

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
    .select({ accountId: connections.accountId })
    .from(connections)
    .where(eq(connections.id, connectionId));
  if (!connection) throw new Error(`There is no connection ${connectionId}`);
  return openHubspot({
    apiUrl: hubspotApp().apiUrl,
    budget: accountBudget(deps, connection.accountId),
    lane,
    accessToken: () => accessTokenFor(deps, connectionId),
    onUnauthorized: ({ accessToken, again }) =>
      (again ? noteRefusedToken : replaceToken)(deps, connectionId, accessToken),
    onMissingScopes: (error) => markScopesMissing(deps, connectionId, error),
  });
}
