import { createHash } from "node:crypto";

const dayMs = 24 * 60 * 60_000;

/**
 * Whether an integration's daily comparison is due: once since its minute of the day, which its id decides, so that
 * they do not all begin at once. A minute at which nothing ran is made up for. `last`: when one began, or the launch.
 */
export function isComparisonDue(integrationId: string, last: Date, now: Date): boolean {
  const offset = minuteOfDay(integrationId) * 60_000;
  const latest = Math.floor((now.getTime() - offset) / dayMs) * dayMs + offset;
  return last.getTime() < latest;
}

/** In UTC. */
export function minuteOfDay(integrationId: string): number {
  return createHash("sha256").update(integrationId).digest().readUInt32BE() % (24 * 60);
}
