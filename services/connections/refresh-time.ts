const EARLIEST_MS = 10 * 60_000;
const LATEST_MS = 5 * 60_000;

/**
 * How long before its end a connection's token is renewed: five to ten minutes, always the same for one connection
 * and spread evenly over all, so that those which were connected at once do not ask for tokens at once for ever.
 */
export function refreshBeforeMs(connectionId: string): number {
  return LATEST_MS + shareOf(connectionId) * (EARLIEST_MS - LATEST_MS);
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * How long HubSpot's token service is left alone after so many failures in a row: twice as long each time up to five
 * minutes, never less than it asks for, and for each connection up to a quarter more, so that not all come back at once:
 * of what it asks for, and of a whole day too, that is little more than a minute.
 */
export function refreshWaitMs(connectionId: string, failures: number, askedMs = 0): number {
  const doubled = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
  const waitMs = Math.max(doubled, askedMs);
  return waitMs + (Math.min(waitMs, LONGEST_PAUSE_MS) * shareOf(connectionId)) / 4;
}

/** From 0 to 1. The ids are drawn at random: their first digits are as good as any hash. */
function shareOf(connectionId: string): number {
  return Number.parseInt(connectionId.replaceAll("-", "").slice(0, 8), 16) / 2 ** 32;
}
