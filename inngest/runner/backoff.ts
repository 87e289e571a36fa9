import { retryAfterMs } from "@/lib/retry-after";

const SECONDS = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200];
const LONGEST_RETRY_AFTER = 86_400_000;

/** Inngest's own waits after a failed attempt (0 = the first), with its jitter of up to 30 s. */
export function retryDelay(attempt: number, random: () => number = Math.random): number {
  return ((SECONDS[Math.min(attempt, SECONDS.length - 1)] ?? 0) + random() * 30) * 1000;
}

/** The wait that a RetryAfterError asks for, from 1 s to 24 h; null when the header is absent or unreadable. */
export function retryAfterDelay(header: string | undefined, now: Date): number | null {
  const wait = retryAfterMs(header, now.getTime());
  return wait === undefined ? null : Math.min(Math.max(wait, 1000), LONGEST_RETRY_AFTER);
}

/** Waits for an app that is away: 1, 2, 4, 8, 16 s, then every 30 s. */
export function absenceDelay(times: number): number {
  return Math.min(1000 * 2 ** Math.min(times, 10), 30_000);
}
