import { eq } from "drizzle-orm";
import { openHubspot } from "@/connectors/hubspot/client";
import { refreshTokens, revoke, type Tokens } from "@/connectors/hubspot/oauth";
import { isAccountSharedWithOthers } from "@/db/queries/hubspot-connections";
import { connections } from "@/db/schema/connections";
import { errorFields, log } from "@/lib/log";
import type { Ctx } from "@/services/context";
import { accountBudget } from "./account-budget";
import { hubspotApp } from "./hubspot-app";
import { openConnection } from "./open-connection";
import { openToken } from "./sealed-tokens";

type Connection = typeof connections.$inferSelect;

/**
 * Takes our app out of the account and ends its grant, as far as HubSpot lets us: a person who wants to leave is
 * never held back by HubSpot. The grant ends also where the app could not be taken out: after this nobody has the
 * tokens that would do it.
 */
export async function leaveAccount(ctx: Ctx, connection: Connection): Promise<void> {
  // HubSpot would take our app from every workspace that uses this account.
  if (await isAccountSharedWithOthers(ctx.db, connection)) return;
  const app = hubspotApp();
  let renewed: Tokens | undefined;
  await tried(connection, "uninstall", async () => {
    // A broken connection gives out no token, but HubSpot may: one that lacks a permission is enough for this.
    const hubspot = connection.brokenReason
      ? openHubspot({
          apiUrl: app.apiUrl,
          budget: accountBudget(ctx, connection.accountId),
          accessToken: async () => {
            renewed = await refreshTokens(app, openToken(connection, connection.refreshToken));
            return renewed.accessToken;
          },
        })
      : await openConnection(ctx, connection.id);
    await hubspot.account.uninstall();
  });
  await tried(connection, "revoke", async () => {
    await revoke(app, renewed?.refreshToken ?? (await storedRefreshToken(ctx, connection)));
  });
}

async function tried({ id }: Connection, what: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    log.warn("connection/left-behind", { connectionId: id, what, ...errorFields(error) });
  }
}

/** As it is now: uninstalling may have renewed it. */
async function storedRefreshToken({ db }: Ctx, { id }: Connection): Promise<string> {
  const [now] = await db.select().from(connections).where(eq(connections.id, id));
  if (!now) throw new Error(`There is no connection ${id}`);
  return openToken(now, now.refreshToken);
}
