import { randomUUID } from "node:crypto";
import type { Reply } from "./reply";

const MAX = 110;
const WINDOW_MS = 10_000;
const SEARCH_MAX = 5;
const SEARCH_WINDOW_MS = 1000;

/** HubSpot's limits for an app of the marketplace, per account: 110 calls in any ten seconds, 5 searches a second. */
export class RateLimits {
  private readonly calls = new Map<string, number[]>();

  /** Counts the call; headers for the answer, or the refusal. */
  take(portalId: number, search: boolean): { headers: Record<string, string>; refusal?: Reply } {
    const window = search ? SEARCH_WINDOW_MS : WINDOW_MS;
    const max = search ? SEARCH_MAX : MAX;
    const key = `${portalId} ${search}`;
    const now = Date.now();
    const recent = (this.calls.get(key) ?? []).filter((at) => at > now - window);
    const allowed = recent.length < max;
    if (allowed) recent.push(now);
    this.calls.set(key, recent);
    const headers: Record<string, string> = search
      ? {}
      : {
          "x-hubspot-ratelimit-max": String(MAX),
          "x-hubspot-ratelimit-remaining": String(MAX - recent.length),
          "x-hubspot-ratelimit-interval-milliseconds": String(WINDOW_MS),
        };
    return allowed ? { headers } : { headers, refusal: refusal(search) };
  }
}

function refusal(search: boolean): Reply {
  const policyName = search ? "SECONDLY" : "TEN_SECONDLY_ROLLING";
  return {
    status: 429,
    body: {
      status: "error",
      message: `You have reached your ${policyName.toLowerCase()} limit.`,
      errorType: "RATE_LIMIT",
      category: "RATE_LIMITS",
      policyName,
      correlationId: randomUUID(),
      requestId: randomUUID(),
    },
  };
}
