import { randomUUID } from "node:crypto";
import type { AccountInfo } from "../account/account";
import type { Policy } from "../faults";
import type { Settings } from "../settings";
import type { Reply } from "./reply";

const DAY_MS = 24 * 3_600_000;

export interface Taken {
  headers: Record<string, string>;
  refusal?: Reply;
}

/**
 * HubSpot's limits for an app, per account: so many calls in any ten seconds, so many a day, and apart from
 * them so many searches a second. Windows follow the machine's clock, days the account's own.
 */
export class RateLimits {
  private readonly windows = new Map<string, number[]>();
  private readonly days = new Map<number, { day: number; calls: number }>();

  /** Counts the call; headers for the answer, or the refusal. */
  take(info: AccountInfo, search: boolean, settings: Settings, now: number): Taken {
    if (!settings.rateLimit) return { headers: {} };
    return search ? this.search(info, settings) : this.call(info, settings, now);
  }

  /** Calls of the app itself have a limit a second, and are told when to come back. */
  takeOfApp(name: string, perSecond: number): Taken {
    if (this.count(name, perSecond, 1000).allowed) return { headers: {} };
    return refused({}, "SECONDLY", 1);
  }

  private search({ portalId }: AccountInfo, settings: Settings): Taken {
    if (this.count(`search ${portalId}`, settings.searchesPerSecond, 1000).allowed) return { headers: {} };
    return refused({}, "SECONDLY", settings.retryAfter ? 1 : null);
  }

  private call(info: AccountInfo, settings: Settings, now: number): Taken {
    const { rateLimitMax, rateLimitWindowMs, dailyLimit, retryAfter } = settings;
    const { allowed, used } = this.count(`call ${info.portalId}`, rateLimitMax, rateLimitWindowMs);
    const today = allowed && dailyLimit !== null ? this.countToday(info, dailyLimit, now) : null;
    const headers: Record<string, string> = {
      "x-hubspot-ratelimit-max": String(rateLimitMax),
      "x-hubspot-ratelimit-remaining": String(Math.max(0, rateLimitMax - used)),
      "x-hubspot-ratelimit-interval-milliseconds": String(rateLimitWindowMs),
    };
    if (today) {
      headers["x-hubspot-ratelimit-daily"] = String(dailyLimit);
      headers["x-hubspot-ratelimit-daily-remaining"] = String(today.left);
    }
    if (!allowed)
      return refused(
        headers,
        "TEN_SECONDLY_ROLLING",
        retryAfter ? Math.ceil(rateLimitWindowMs / 1000) : null,
      );
    if (today && !today.allowed)
      return refused(headers, "DAILY", retryAfter ? Math.ceil(untilMidnight(info, now) / 1000) : null);
    return { headers };
  }

  private count(key: string, max: number, windowMs: number): { allowed: boolean; used: number } {
    const now = Date.now();
    const recent = (this.windows.get(key) ?? []).filter((at) => at > now - windowMs);
    const allowed = recent.length < max;
    if (allowed) recent.push(now);
    this.windows.set(key, recent);
    return { allowed, used: recent.length };
  }

  private countToday(info: AccountInfo, max: number, now: number): { allowed: boolean; left: number } {
    const day = Math.floor((now + info.utcOffsetMilliseconds) / DAY_MS);
    const known = this.days.get(info.portalId);
    const calls = known?.day === day ? known.calls : 0;
    const allowed = calls < max;
    this.days.set(info.portalId, { day, calls: allowed ? calls + 1 : calls });
    return { allowed, left: Math.max(0, max - calls - 1) };
  }
}

// The day ends at midnight in the account's time zone.
function untilMidnight({ utcOffsetMilliseconds }: AccountInfo, now: number): number {
  return DAY_MS - ((now + utcOffsetMilliseconds) % DAY_MS);
}

function refused(
  headers: Record<string, string>,
  policyName: Policy,
  retryAfterSeconds: number | null,
): Taken {
  const refusal = tooMany(policyName);
  const retry: Record<string, string> =
    retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) };
  return { headers: { ...headers, ...retry }, refusal };
}

export function tooMany(policyName: Policy): Reply {
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
