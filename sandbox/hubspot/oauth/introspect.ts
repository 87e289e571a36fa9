import { createHash } from "node:crypto";
import { ok, type Reply } from "../http/reply";
import type { AccessToken, Grant } from "./grants";
import type { FormCall } from "./token-routes";

export function introspect({ sandbox, form }: FormCall): Reply {
  const token = form.get("token") ?? "";
  const { appId, clientId } = sandbox.options;
  const access = sandbox.grants.access(token);
  const grant = access ?? sandbox.grants.grantOf(token);
  const account = sandbox.accounts.get(grant?.portalId ?? 0);
  if (!grant || !account || (access && access.expiresAt <= sandbox.now())) return ok({ active: false });
  const common = {
    active: true,
    token,
    token_type: "bearer",
    client_id: clientId,
    app_id: appId,
    hub_id: grant.portalId,
    // The company's own domain; the one in the account's details is that of HubSpot's pages.
    hub_domain: account.info.user.email.split("@")[1],
    user: account.info.user.email,
    user_id: grant.userId,
    scopes: grant.scopes,
  };
  if (!access) return ok({ ...common, token_use: "refresh_token" });
  return ok({
    ...common,
    token_use: "access_token",
    expires_in: Math.floor((access.expiresAt - sandbox.now()) / 1000),
    is_private_distribution: false,
    signed_access_token: signedToken(access, grant, appId),
  });
}

function signedToken(access: AccessToken, grant: Grant, appId: number) {
  const signature = createHash("sha256").update(`${grant.portalId}:${access.expiresAt}`).digest("base64");
  return {
    appId,
    appInstallId: `${appId}-${grant.portalId}`,
    audience: "",
    expiresAt: access.expiresAt,
    hubId: grant.portalId,
    hublet: "na1",
    installingUserId: grant.userId,
    isPrivateDistribution: false,
    isServiceAccount: false,
    isUserLevel: false,
    newSignature: signature,
    scopeToScopeGroupPks: "",
    scopes: grant.scopes.join(" "),
    signature,
    trialScopeToScopeGroupPks: "",
    trialScopes: "",
    userId: grant.userId,
  };
}
