import type { FaultCategory, Policy, Refusal } from "../faults";
import { ApiError, conflict, invalid, notFound } from "./api-error";
import { expiredToken, missingScopes, unknownToken } from "./authenticate";
import { tooMany } from "./rate-limits";
import type { Reply } from "./reply";

export interface RefusedCall {
  pathname: string;
  /** Which the call needs, where it is one of HubSpot's. */
  scopes: string[];
  now: number;
}

const statuses: Record<FaultCategory, number> = {
  VALIDATION_ERROR: 400,
  INVALID_AUTHENTICATION: 401,
  EXPIRED_AUTHENTICATION: 401,
  MISSING_SCOPES: 403,
  OBJECT_NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITS: 429,
  INTERNAL_ERROR: 500,
};

/** Answered by what stands before HubSpot, in HTML. */
const gateways: Record<number, string> = {
  502: "Bad Gateway",
  504: "Gateway Time-out",
  521: "Web server is down",
  522: "Connection timed out",
  523: "Origin is unreachable",
  524: "A timeout occurred",
  525: "SSL handshake failed",
  526: "Invalid SSL certificate",
};

/** While an account moves, HubSpot says for how long; so many seconds where nobody says it here. */
const MOVE_SECONDS = 60;

/** A refusal made on purpose, in the words that HubSpot has for it. */
export function faultReply(refusal: Refusal, call: RefusedCall): Reply {
  const { category, policyName } = refusal;
  const status = refusal.status ?? (policyName ? 429 : category ? statuses[category] : 503);
  const seconds = refusal.retryAfterSeconds ?? (status === 477 ? MOVE_SECONDS : undefined);
  const headers: Record<string, string> = seconds === undefined ? {} : { "retry-after": String(seconds) };
  return { ...bodyOf(status, { category, policyName }, call), headers };
}

function bodyOf(
  status: number,
  { category, policyName }: Refusal,
  { pathname, scopes, now }: RefusedCall,
): Reply {
  if (status === 429) return tooMany(policyName ?? policyOf(pathname));
  const title = category ? undefined : gateways[status];
  if (title) return gateway(status, title);
  const error = errorOf(status, category, scopes, now);
  return { status, body: error.body() };
}

function policyOf(pathname: string): Policy {
  return pathname.endsWith("/search") ? "SECONDLY" : "TEN_SECONDLY_ROLLING";
}

function errorOf(
  status: number,
  category: FaultCategory | undefined,
  scopes: string[],
  now: number,
): ApiError {
  switch (category ?? wordOf(status)) {
    case "VALIDATION_ERROR":
      return again(invalid("Invalid input JSON"), status);
    case "INVALID_AUTHENTICATION":
      return again(unknownToken(), status);
    case "EXPIRED_AUTHENTICATION":
      return again(expiredToken(now - 1, now), status);
    case "MISSING_SCOPES":
      return again(missingScopes(scopes), status);
    case "OBJECT_NOT_FOUND":
      return again(notFound(), status);
    case "CONFLICT":
      return again(conflict("Contact already exists."), status);
    case "RATE_LIMITS":
      return new ApiError(status, "RATE_LIMITS", "You have reached your limit.");
    default:
      break;
  }
  // HubSpot publishes no category for these two.
  if (status === 423) return new ApiError(status, "LOCKED", "The resource is locked by another process.");
  if (status === 477)
    return new ApiError(
      status,
      "MIGRATION_IN_PROGRESS",
      "This account is moving to another data hosting location.",
    );
  if (status >= 500) return new ApiError(status, "INTERNAL_ERROR", "There was a problem with the request.");
  // A status that HubSpot does not use.
  return new ApiError(status, "SANDBOX_FAULT", "A fault made on purpose");
}

/** What HubSpot says with that status most of the time. */
function wordOf(status: number): FaultCategory | undefined {
  if (status === 414) return "VALIDATION_ERROR";
  return (Object.keys(statuses) as FaultCategory[]).find((category) => statuses[category] === status);
}

function again({ category, message, fields }: ApiError, status: number): ApiError {
  return new ApiError(status, category, message, fields);
}

function gateway(status: number, title: string): Reply {
  const heading = `${status} ${title}`;
  return {
    status,
    text: {
      type: "text/html; charset=UTF-8",
      content: `<!DOCTYPE html>\n<html>\n<head><title>${heading}</title></head>\n<body>\n<center><h1>${heading}</h1></center>\n<hr><center>cloudflare</center>\n</body>\n</html>\n`,
    },
  };
}
