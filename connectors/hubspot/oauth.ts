import { z } from "zod";
import { API_VERSION } from "./api-version";
import { oauthError } from "./oauth-error";
import { RemoteError } from "./remote-error";
import { OPTIONAL_SCOPES, REQUIRED_SCOPES } from "./scopes";

/** Our app as HubSpot knows it, and where HubSpot is. */
export type OauthApp = {
  apiUrl: string;
  /** HubSpot's own pages: the account chooser and the permission review. */
  appUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
};

export type Tokens = {
  accountId: string;
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
  /** Absent where HubSpot does not repeat them. */
  scopes: string[] | undefined;
};

export type TokenFacts = { accountDomain: string | undefined; user: string | undefined; scopes: string[] };

/** A token that is asked for is given up after this long. */
export const LONGEST_TOKEN_CALL_MS = 15_000;
/** Whoever waits for another to renew a token gives up after this long, or renews it then. */
export const LONGEST_TOKEN_WAIT_MS = 35_000;

const TokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
  hub_id: z.number(),
  scopes: z.array(z.string()).optional(),
});
const AppTokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const Introspection = z.object({
  active: z.boolean(),
  hub_domain: z.string().optional(),
  user: z.string().optional(),
  scopes: z.array(z.string()).optional(),
});

export function authorizeUrl({ appUrl, clientId, redirectUri }: OauthApp, state: string): string {
  const query = {
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: REQUIRED_SCOPES.join(" "),
    optional_scope: OPTIONAL_SCOPES.join(" "),
    state,
  };
  // HubSpot wants %20 between scopes, where URLSearchParams would write a plus.
  const encoded = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${appUrl}/oauth/authorize?${encoded.join("&")}`;
}

/** Each throws `OauthError` for what HubSpot refuses for good, `RemoteError` for what may pass. */
export function exchangeCode(app: OauthApp, code: string): Promise<Tokens> {
  return requestTokens(app, { grant_type: "authorization_code", code, redirect_uri: app.redirectUri });
}

export function refreshTokens(
  app: OauthApp,
  refreshToken: string,
  timeoutMs = LONGEST_TOKEN_CALL_MS,
): Promise<Tokens> {
  return requestTokens(app, { grant_type: "refresh_token", refresh_token: refreshToken }, timeoutMs);
}

/** A token of the app itself, for what concerns all of its accounts. */
export async function requestAppToken(
  app: Pick<OauthApp, "apiUrl" | "clientId" | "clientSecret">,
  scopes: string[],
): Promise<string> {
  const form = { grant_type: "client_credentials", scope: scopes.join(" ") };
  return parse(AppTokenAnswer, await post(app, "/token", form)).access_token;
}

/** Whose account the token opens, in names for people. */
export async function introspect(app: OauthApp, accessToken: string): Promise<TokenFacts> {
  const { hub_domain, user, scopes } = await askOf(app, accessToken);
  return { accountDomain: hub_domain, user, scopes: scopes ?? [] };
}

/** What the token's account grants now; undefined where the token is none any more, or HubSpot does not say. */
export async function grantedScopes(app: OauthApp, accessToken: string): Promise<string[] | undefined> {
  const { active, scopes } = await askOf(app, accessToken);
  return active ? scopes : undefined;
}

async function askOf(app: OauthApp, accessToken: string): Promise<z.infer<typeof Introspection>> {
  const form = { token: accessToken, token_type_hint: "access_token" };
  return parse(Introspection, await post(app, "/token/introspect", form));
}

export async function revoke(app: OauthApp, refreshToken: string): Promise<void> {
  await post(app, "/token/revoke", { token: refreshToken, token_type_hint: "refresh_token" });
}

async function requestTokens(
  app: OauthApp,
  form: Record<string, string>,
  timeoutMs?: number,
): Promise<Tokens> {
  const answer = parse(TokenAnswer, await post(app, "/token", form, timeoutMs));
  return {
    accountId: String(answer.hub_id),
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresInSeconds: answer.expires_in,
    scopes: answer.scopes,
  };
}

async function post(
  app: Pick<OauthApp, "apiUrl" | "clientId" | "clientSecret">,
  path: string,
  form: Record<string, string>,
  timeoutMs = LONGEST_TOKEN_CALL_MS,
): Promise<string> {
  const { clientId: client_id, clientSecret: client_secret } = app;
  const url = `${app.apiUrl}/oauth/${API_VERSION}${path}`;
  const body = new URLSearchParams({ ...form, client_id, client_secret });
  const { response, text } = await exchange(url, body, timeoutMs);
  if (!response.ok) throw oauthError(`POST /oauth${path}`, response, text);
  return text;
}

async function exchange(
  url: string,
  body: URLSearchParams,
  timeoutMs: number,
): Promise<{ response: Response; text: string }> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { accept: "application/json" },
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { response, text: await response.text() };
  } catch (cause) {
    throw new RemoteError("transient", "HubSpot's token service gives no answer", {}, { cause });
  }
}

// The text holds tokens: no error may carry it.
function parse<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new RemoteError("transient", "HubSpot's token service gave an answer of another shape");
  }
}
