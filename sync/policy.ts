import type { Both, Side } from "./side";

export const policies = ["ask", "most_recent", "snov_wins", "hubspot_wins"] as const;
/** What settles a field that both sides changed: a person, or a standing choice. */
export type Policy = (typeof policies)[number];

/**
 * The side whose value a policy prefers, or null where a person must be asked.
 * `changedAt` is in milliseconds since 1970; where a time is unknown, or both are the same, nothing is guessed.
 */
export function winnerBy(policy: Policy, changedAt: Both<number | undefined>): Side | null {
  if (policy === "snov_wins") return "snov";
  if (policy === "hubspot_wins") return "hubspot";
  const { snov, hubspot } = changedAt;
  if (policy === "ask" || snov === undefined || hubspot === undefined || snov === hubspot) return null;
  return snov > hubspot ? "snov" : "hubspot";
}
