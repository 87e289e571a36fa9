const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const quick = [1, 2, 5, 10, 30, 60].map((seconds) => seconds * 1000);
// HubSpot does not publish the times: "up to 10 times, spread out over 24 hours".
const spread = [
  60_000,
  5 * 60_000,
  15 * 60_000,
  30 * 60_000,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  4 * HOUR,
  6 * HOUR,
  7 * HOUR,
];

/** How long to wait after a failed attempt, the first being 0; null gives up. */
export function waitAfter(name: "quick" | "hubspot", attempt: number, ageMs: number): number | null {
  if (name === "hubspot") return spread[attempt] ?? null;
  return ageMs >= DAY ? null : (quick[Math.min(attempt, quick.length - 1)] ?? null);
}
