/** What has kept a transfer, or a comparison, waiting: since when, when it was tried last, and until when where HubSpot has said so; times are ISO. */
export type Wait = { since: string; at: string; until: string | null };

/** Tries of which nobody has said when follow each other within minutes. */
const longMs = 10 * 60_000;

/**
 * Since when a transfer, or a comparison, is kept waiting that is told to wait once more. Anew where nobody has tried for long, as while it was
 * paused, and where the long wait that HubSpot had asked for is over: that one says nothing about this one.
 */
export function waitingSince(
  before: Wait | null,
  until: Date | null,
  now: Date,
  quietMs: number = longMs,
): Date {
  if (!before) return now;
  const triedAt = Date.parse(before.at);
  const due = before.until ? Date.parse(before.until) : triedAt;
  const nobodyTried = now.getTime() - due > quietMs;
  const askedForLong = due - triedAt > longMs;
  return nobodyTried || (askedForLong && !until) ? now : new Date(before.since);
}

const waitsMs = 30 * 60_000;
/** A limit of the day ends within a day, and so does the move of an account. */
const waitsToldMs = 25 * 3_600_000;

/** When a preview that is kept waiting ends: sooner where HubSpot has not said when to come again. */
export function previewEndsAt({ since, until }: Pick<Wait, "since" | "until">): Date {
  return new Date(Date.parse(since) + (until ? waitsToldMs : waitsMs));
}

const comparisonWaitsMs = 6 * 3_600_000;

/** The same of a comparison, to which somebody is sent again and again meanwhile. */
export function comparisonEndsAt({ since, until }: Pick<Wait, "since" | "until">): Date {
  return new Date(Date.parse(since) + (until ? waitsToldMs : comparisonWaitsMs));
}
