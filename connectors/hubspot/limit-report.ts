/** What an answer's headers say about the limit. */
export type LimitReport = { maxCalls: number; windowMs: number; remaining: number };

/** Null where HubSpot says nothing, as on searches, or nothing that could be a limit. */
export function readLimit(headers: Headers): LimitReport | null {
  const number = (name: string) => {
    const text = headers.get(`x-hubspot-ratelimit-${name}`);
    return text?.trim() ? Number(text) : Number.NaN;
  };
  const maxCalls = number("max");
  const windowMs = number("interval-milliseconds");
  const remaining = number("remaining");
  const plausible =
    within(maxCalls, 1, 10_000) && within(windowMs, 100, 60_000) && within(remaining, 0, maxCalls);
  return plausible ? { maxCalls, windowMs, remaining } : null;
}

function within(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
