const longestPageMs = 2 * 60_000;

/** Whether a comparison was interrupted between two pages: by a crash, a restart, or a HubSpot that asked for a rest. */
export function hasStoodStill(since: Date, now: Date): boolean {
  return now.getTime() - since.getTime() > longestPageMs;
}
