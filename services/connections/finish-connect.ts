import { z } from "zod";
import { openHubspot } from "@/connectors/hubspot/client";
import { exchangeCode, introspect, revoke, type TokenFacts, type Tokens } from "@/connectors/hubspot/oauth";
import { OauthError, type OauthFault } from "@/connectors/hubspot/oauth-error";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { isScopesMissing } from "@/connectors/hubspot/said-no";
import { REQUIRED_SCOPES } from "@/connectors/hubspot/scopes";
import { isAccountSharedWithOthers, readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { propertiesUsedInAccount } from "@/db/queries/hubspot-properties";
import { errorFields, log } from "@/lib/log";
import { type Ctx, requireAdmin } from "@/services/context";
import { type AccountProperties, readProperties } from "@/services/properties/read-properties";
import { accountBudget } from "./account-budget";
import { accountNameOf, adoptAccount } from "./adopt-account";
import { type ConnectProblem, connectProblem, type OtherAccount } from "./connect-problem";
import { hubspotApp } from "./hubspot-app";
import { consumeState } from "./oauth-state";
import { pauseWords } from "./pause-words";
import { rereadTimeZone } from "./reread-time-zone";
import { rereadUsers } from "./reread-users";

/** What HubSpot appends to our address when the person comes back. */
const FinishConnect = z.object({
  state: z.string().max(500).optional(),
  code: z.string().max(2000).optional(),
  error: z.string().max(200).optional(),
});

/**
 * Ends a try to connect. The same account finds its former settings and links again; an integration that is
 * being reconnected takes no other account than its own.
 */
export async function finishConnect({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof FinishConnect>;
}): Promise<{ integrationId: string }> {
  requireAdmin(ctx);
  const { state, code, error } = FinishConnect.parse(input);
  if (!state) throw connectProblem("state_missing", "HubSpot's answer carries no state");
  const { integrationId } = await consumeState(ctx, state);
  if (error === "access_denied") throw connectProblem("consent_denied", "the person did not consent");
  if (error || !code) throw connectProblem("code_refused", "HubSpot's answer carries no code");

  const { tokens, facts, properties } = await readAccount(ctx, code);
  const missing = REQUIRED_SCOPES.filter((scope) => !(tokens.scopes ?? facts.scopes).includes(scope));
  if (missing.length) throw connectProblem("scopes_missing", `not granted: ${missing.join(", ")}`);
  if (integrationId) await requireSameAccount(ctx, integrationId, { tokens, facts });

  const { integration, connection, wake } = await adoptAccount(ctx, { tokens, facts, properties });
  await Promise.all([rereadUsers(ctx, connection, "live"), rereadTimeZone(ctx, connection, "live")]);
  if (wake.length) await ctx.wake(wake);
  return { integrationId: integration };
}

type AccountFacts = { tokens: Tokens; facts: TokenFacts; properties: AccountProperties };

async function readAccount(ctx: Ctx, code: string): Promise<AccountFacts> {
  const app = hubspotApp();
  try {
    const tokens = await exchangeCode(app, code);
    const hubspot = openHubspot({
      apiUrl: app.apiUrl,
      budget: accountBudget(ctx, tokens.accountId),
      accessToken: async () => tokens.accessToken,
    });
    const [facts, properties] = await Promise.all([
      introspect(app, tokens.accessToken),
      readProperties(hubspot, () => propertiesUsedInAccount(ctx.db, ctx.workspaceId, tokens.accountId)),
    ]);
    return { tokens, facts, properties };
  } catch (cause) {
    if (!(cause instanceof RemoteError)) throw cause;
    if (cause instanceof OauthError) throw connectProblem(problems[cause.fault], cause.message, { cause });
    if (isScopesMissing(cause)) throw connectProblem("scopes_missing", cause.message, { cause });
    if (cause.kind === "forbidden") throw connectProblem("answer_unknown", cause.message, { cause });
    throw connectProblem(passing(cause), cause.message, { cause });
  }
}

function passing({ kind, pause }: RemoteError): ConnectProblem {
  if (pause) return pauseWords[pause.reason].problem;
  return kind === "rate_limited" ? "limit_reached" : "hubspot_unavailable";
}

const problems: Record<OauthFault, ConnectProblem> = {
  misconfigured: "app_misconfigured",
  unknown: "answer_unknown",
  revoked: "code_refused",
  account_gone: "code_refused",
  code_refused: "code_refused",
};

async function requireSameAccount(
  ctx: Ctx,
  integrationId: string,
  { tokens, facts }: Pick<AccountFacts, "tokens" | "facts">,
): Promise<void> {
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known) throw connectProblem("not_found", "no such integration in this workspace");
  if (known.connection.accountId === tokens.accountId) return;
  await giveBack(ctx, known.connection.id, tokens);
  const values: OtherAccount = {
    integration: integrationId,
    chosen: tokens.accountId,
    name: accountNameOf({ tokens, facts }),
  };
  throw connectProblem("other_account", "the integration belongs to another HubSpot account", { values });
}

/** What was granted by mistake ends again, unless somebody works in that account. */
async function giveBack(ctx: Ctx, connectionId: string, { accountId, refreshToken }: Tokens): Promise<void> {
  if (await isAccountSharedWithOthers(ctx.db, { id: connectionId, accountId })) return;
  try {
    await revoke(hubspotApp(), refreshToken);
  } catch (error) {
    log.warn("connect/left-behind", errorFields(error));
  }
}
