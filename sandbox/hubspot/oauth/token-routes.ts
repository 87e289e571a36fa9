import { timingSafeEqual } from "node:crypto";
import type { Reply } from "../http/reply";
import type { Route } from "../http/router";
import type { Sandbox } from "../sandbox";
import { APP_PORTAL, challengeMatches, type Grant } from "./grants";
import { introspect } from "./introspect";
import { splitScopes, unknownScopes } from "./scopes";
import { tokenError } from "./token-error";

export interface FormCall {
  sandbox: Sandbox;
  form: URLSearchParams;
}

export const tokenRoutes: Route<(call: FormCall) => Reply>[] = [
  { method: "POST", pattern: "/oauth/2026-03/token", handle: checked(issue) },
  { method: "POST", pattern: "/oauth/2026-03/token/introspect", handle: checked(introspect) },
  { method: "POST", pattern: "/oauth/2026-03/token/revoke", handle: checked(revoke) },
];

function checked(handle: (call: FormCall) => Reply): (call: FormCall) => Reply {
  return (call) => {
    const { clientId, clientSecret } = call.sandbox.options;
    if (call.form.get("client_id") !== clientId)
      return tokenError("invalid_client", "BAD_CLIENT_ID", "missing or invalid client id");
    if (
      call.sandbox.faults.wrongClientSecret ||
      !sameText(call.form.get("client_secret") ?? "", clientSecret)
    )
      return tokenError("invalid_client", "BAD_CLIENT_SECRET", "missing or invalid client secret");
    return handle(call);
  };
}

function issue(call: FormCall): Reply {
  switch (call.form.get("grant_type")) {
    case "authorization_code":
      return fromCode(call);
    case "refresh_token":
      return fromRefreshToken(call);
    case "client_credentials":
      return fromClient(call);
    default:
      return tokenError("unsupported_grant_type", "BAD_GRANT_TYPE", "missing or unknown grant type");
  }
}

function fromCode({ sandbox, form }: FormCall): Reply {
  const code = sandbox.grants.takeCode(form.get("code") ?? "");
  if (!code) return tokenError("invalid_grant", "BAD_AUTH_CODE", "missing or unknown auth code");
  if (code.redirectUri !== form.get("redirect_uri"))
    return tokenError("invalid_grant", "BAD_REDIRECT_URI", "missing or unknown redirect URI");
  if (code.challenge && !challengeMatches(code.challenge, form.get("code_verifier")))
    return tokenError("invalid_grant", "BAD_CODE_VERIFIER", "missing or invalid code verifier");
  const account = sandbox.accounts.get(code.portalId);
  if (!account) return tokenError("access_denied", "BAD_HUB", "missing or unknown hub id");
  const grant: Grant = { portalId: code.portalId, userId: account.info.user.id, scopes: code.scopes };
  const known = sandbox.grants.installed(grant.portalId) !== undefined;
  const refreshToken = sandbox.grants.install(grant);
  if (!known) sandbox.journal.lifecycle("install", grant.portalId, grant.userId);
  return tokens(sandbox, grant, refreshToken);
}

function fromRefreshToken({ sandbox, form }: FormCall): Reply {
  const refreshToken = form.get("refresh_token") ?? "";
  const grant = sandbox.grants.grantOf(refreshToken);
  if (!grant)
    return tokenError("invalid_grant", "BAD_REFRESH_TOKEN", "refresh token is invalid, expired or revoked");
  if (!sandbox.accounts.has(grant.portalId))
    return tokenError("access_denied", "BAD_HUB", "missing or unknown hub id");
  const next = sandbox.settings.get().rotateRefreshTokens
    ? sandbox.grants.rotate(refreshToken, grant)
    : refreshToken;
  return tokens(sandbox, grant, next);
}

function fromClient({ sandbox, form }: FormCall): Reply {
  const scopes = splitScopes(form.get("scope"));
  const unknown = unknownScopes(scopes);
  if (scopes.length === 0 || unknown.length > 0)
    return tokenError("invalid_scope", "BAD_SCOPES", `missing or unknown scopes: ${unknown.join(" ")}`);
  const grant: Grant = { portalId: APP_PORTAL, userId: 0, scopes };
  const { token, expiresIn } = sandbox.grants.issueAccess(grant, null);
  return {
    status: 200,
    body: {
      token_type: "bearer",
      access_token: token,
      expires_in: expiresIn,
      scopes: grant.scopes,
      token_use: "client_credentials",
    },
  };
}

function tokens(sandbox: Sandbox, grant: Grant, refreshToken: string): Reply {
  const { token, expiresIn } = sandbox.grants.issueAccess(grant, refreshToken);
  return {
    status: 200,
    body: {
      token_type: "bearer",
      access_token: token,
      refresh_token: refreshToken,
      expires_in: expiresIn,
      hub_id: grant.portalId,
      user_id: grant.userId,
      scopes: grant.scopes,
      token_use: "access_token",
    },
  };
}

function revoke({ sandbox, form }: FormCall): Reply {
  sandbox.grants.revoke(form.get("token") ?? "");
  return { status: 200 };
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
