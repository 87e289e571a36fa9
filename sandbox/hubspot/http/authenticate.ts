import type { AccessToken } from "../oauth/grants";
import type { Sandbox } from "../sandbox";
import { ApiError } from "./api-error";

export function authenticate(sandbox: Sandbox, header: string | undefined): AccessToken {
  const token = /^Bearer (.+)$/i.exec(header ?? "")?.[1];
  if (!token)
    throw new ApiError(
      401,
      "INVALID_AUTHENTICATION",
      "Authentication credentials not found. This API supports OAuth 2.0 authentication.",
    );
  const access = sandbox.grants.access(token);
  if (!access)
    throw new ApiError(
      401,
      "INVALID_AUTHENTICATION",
      "Authentication credentials are invalid or were revoked",
    );
  const ago = sandbox.now() - access.expiresAt;
  if (ago < 0) return access;
  const message = `The OAuth token used to make this call expired ${Math.ceil(ago / 1000)} second(s) ago.`;
  throw new ApiError(401, "EXPIRED_AUTHENTICATION", message, {
    context: { "expire time": [new Date(access.expiresAt).toISOString()] },
  });
}

export function requireScopes(needed: string[], granted: string[]): void {
  const missing = needed.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return;
  const message = "One or more of the following scopes are required.";
  throw new ApiError(
    403,
    "MISSING_SCOPES",
    "This app hasn't been granted all required scopes to make this call.",
    {
      errors: [{ message, context: { requiredGranularScopes: missing } }],
    },
  );
}
