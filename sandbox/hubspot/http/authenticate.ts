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
  if (!access) throw unknownToken();
  const now = sandbox.now();
  if (now < access.expiresAt) return access;
  throw expiredToken(access.expiresAt, now);
}

export function unknownToken(): ApiError {
  const message = "Authentication credentials are invalid or were revoked";
  return new ApiError(401, "INVALID_AUTHENTICATION", message);
}

export function expiredToken(expiresAt: number, now: number): ApiError {
  const ago = Math.ceil((now - expiresAt) / 1000);
  const message = `The OAuth token used to make this call expired ${ago} second(s) ago.`;
  return new ApiError(401, "EXPIRED_AUTHENTICATION", message, {
    context: { "expire time": [new Date(expiresAt).toISOString()] },
  });
}

export function requireScopes(needed: string[], granted: string[]): void {
  const missing = needed.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) throw missingScopes(missing);
}

export function missingScopes(missing: string[]): ApiError {
  const message = "One or more of the following scopes are required.";
  return new ApiError(
    403,
    "MISSING_SCOPES",
    "This app hasn't been granted all required scopes to make this call.",
    {
      errors: [{ message, context: { requiredGranularScopes: missing } }],
    },
  );
}
