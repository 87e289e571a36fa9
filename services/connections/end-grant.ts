import { openHubspot } from "@/connectors/hubspot/client";
import { refreshTokens, revoke, type Tokens } from "@/connectors/hubspot/oauth";
import { isAccountInUse } from "@/db/queries/hubspot-connections";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { accountBudget } from "./account-budget";
import { confirmUninstalls } from "./confirm-uninstalls";
import { hubspotApp } from "./hubspot-app";
import { lockAccount } from "./lock-account";
import { noteUninstalled } from "./note-uninstalled";

type Grant = Pick<Tokens, "accountId" | "accessToken" | "refreshToken">;

/**
 * Takes our app out of the account and ends its grant, as far as HubSpot lets us; never throws. The grant ends also where
 * the app could not be taken out: after this nobody has the tokens that would do it. As long as anybody is connected to
 * the account nothing is done: HubSpot would take our app from all of them.
 */
export async function endGrant(deps: Pick<Deps, "db" | "budgetOf">, grant: Grant): Promise<void> {
  const { accountId } = grant;
  const app = hubspotApp();
  let { accessToken, refreshToken } = grant;
  // With these tokens whatever became of a connection: a broken one gives out none, but HubSpot may take what it holds.
  const hubspot = openHubspot({
    apiUrl: app.apiUrl,
    budget: accountBudget(deps, accountId),
    accessToken: async () => accessToken,
    onUnauthorized: async ({ again }) => {
      if (!again) ({ accessToken, refreshToken } = await refreshTokens(app, refreshToken));
    },
  });
  let isAsked = false;
  const ask = (what: string, act: () => Promise<void>) =>
    tried(accountId, what, async () => {
      if (await isAccountInUse(deps.db, accountId)) return;
      isAsked = true;
      await act();
    });
  await ask("uninstall", () => hubspot.account.uninstall());
  await ask("revoke", () => revoke(app, refreshToken));
  if (isAsked) await tried(accountId, "others", () => askAboutOthers(deps, accountId));
}

/** Whoever has connected to the account while HubSpot was asked may have lost it again, and was told that he has it. */
async function askAboutOthers(deps: Pick<Deps, "db">, accountId: string): Promise<void> {
  const others = await deps.db.transaction(async (tx) => {
    await lockAccount(tx, accountId);
    if (!(await isAccountInUse(tx, accountId))) return false;
    await noteUninstalled(tx, [accountId]);
    return true;
  });
  if (others) await confirmUninstalls(deps);
}

async function tried(accountId: string, what: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    log.warn("connection/left-behind", { accountId, what, ...errorFields(error) });
  }
}
