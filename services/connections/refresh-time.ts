const EARLIEST_MS = 10 * 60_000;
const LATEST_MS = 5 * 60_000;

/**
 * How long before its end a connection's token is renewed: five to ten minutes, always the same for one connection
 * and spread evenly over all, so that those which were connected at once do not ask for tokens at once for ever.
 */
export function refreshBeforeMs(connectionId: string): number {
  // The ids are drawn at random: their first digits are as good as any hash.
  const share = Number.parseInt(connectionId.replaceAll("-", "").slice(0, 8), 16) / 2 ** 32;
  return LATEST_MS + share * (EARLIEST_MS - LATEST_MS);
}
