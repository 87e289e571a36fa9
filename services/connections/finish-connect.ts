import { z } from "zod";
import { openHubspot } from "@/connectors/hubspot/client";
import { exchangeCode, introspect, type TokenFacts, type Tokens } from "@/connectors/hubspot/oauth";
import { OauthError, type OauthFault } from "@/connectors/hubspot/oauth-error";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { isScopesMissing } from "@/connectors/hubspot/said-no";
import { REQUIRED_SCOPES } from "@/connectors/hubspot/scopes";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { propertiesKnownOfAccount, propertiesUsedInAccount } from "@/db/queries/hubspot-properties";
import { errorFields, log } from "@/lib/log";
import { type Ctx, requireAdmin } from "@/services/context";
import { type PropertiesAnswer, readProperties } from "@/services/properties/read-properties";
import { accountBudget } from "./account-budget";
import { accountNameOf, adoptAccount } from "./adopt-account";
import { type ConnectProblem, connectProblem, type OtherAccount } from "./connect-problem";
import { endGrant } from "./end-grant";
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

  const tokens = await told(() => exchangeCode(hubspotApp(), code));
  const { integration, connection, wake } = await takeAccount(ctx, tokens, integrationId);
  await readMore(ctx, connection);
  if (wake.length) await ctx.wake(wake);
  return { integrationId: integration };
}

/** The account is connected: whatever becomes of these readings, each day has them done again. */
async function readMore(ctx: Ctx, connectionId: string): Promise<void> {
  const readings = [rereadUsers(ctx, connectionId, "live"), rereadTimeZone(ctx, connectionId, "live")];
  for (const reading of await Promise.allSettled(readings))
    if (reading.status === "rejected") log.error("connect/not-read", errorFields(reading.reason));
}

/** What was granted for nothing ends again. */
async function takeAccount(ctx: Ctx, tokens: Tokens, integrationId: string | null) {
  try {
    const { facts, properties } = await told(() => readAccount(ctx, tokens));
    const missing = REQUIRED_SCOPES.filter((scope) => !(tokens.scopes ?? facts.scopes).includes(scope));
    if (missing.length) throw connectProblem("scopes_missing", `not granted: ${missing.join(", ")}`);
    if (integrationId) await requireSameAccount(ctx, integrationId, { tokens, facts });
    return await adoptAccount(ctx, { tokens, facts, properties });
  } catch (error) {
    await endGrant(ctx, tokens);
    throw error;
  }
}

type AccountFacts = { facts: TokenFacts; properties: PropertiesAnswer };

async function readAccount(ctx: Ctx, tokens: Tokens): Promise<AccountFacts> {
  const app = hubspotApp();
  const hubspot = openHubspot({
    apiUrl: app.apiUrl,
    budget: accountBudget(ctx, tokens.accountId),
    accessToken: async () => tokens.accessToken,
  });
  const [facts, properties] = await Promise.all([
    introspect(app, tokens.accessToken),
    readProperties(hubspot, {
      known: () => propertiesKnownOfAccount(ctx.db, ctx.workspaceId, tokens.accountId),
      used: () => propertiesUsedInAccount(ctx.db, ctx.workspaceId, tokens.accountId),
    }),
  ]);
  return { facts, properties };
}

async function told<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (!(cause instanceof RemoteError)) throw cause;
    if (cause instanceof OauthError) throw connectProblem(problems[cause.fault], cause.message, { cause });
    if (isScopesMissing(cause)) throw connectProblem("scopes_missing", cause.message, { cause });
    if (cause.kind === "forbidden" || cause.kind === "call_refused")
      throw connectProblem("answer_unknown", cause.message, { cause });
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
  token_refused: "answer_unknown",
  revoked: "code_refused",
  account_gone: "code_refused",
  code_refused: "code_refused",
};

async function requireSameAccount(
  ctx: Ctx,
  integrationId: string,
  { tokens, facts }: { tokens: Tokens; facts: TokenFacts },
): Promise<void> {
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known) throw connectProblem("not_found", "no such integration in this workspace");
  if (known.connection.accountId === tokens.accountId) return;
  const values: OtherAccount = {
    integration: integrationId,
    chosen: tokens.accountId,
    name: accountNameOf({ tokens, facts }),
  };
  throw connectProblem("other_account", "the integration belongs to another HubSpot account", { values });
}
