export type Requests = Record<string, { statuses: Record<string, number> }>;

/**
 * Calls under the account's limit, as the sandbox counted them. Used is what was done: a search has a limit of its own,
 * and a call that failed or was refused used nothing that anybody wanted.
 */
export function answersOf(requests: Requests): { used: number; refused: number; failed: number } {
  const answers = { used: 0, refused: 0, failed: 0 };
  for (const [operation, { statuses }] of Object.entries(requests))
    for (const [status, count] of Object.entries(statuses)) {
      const limited = operation.includes("/crm/") && !operation.endsWith("/search");
      if (!limited && operation !== "fault") continue;
      if (status === "429") answers.refused += count;
      else if (limited && status.startsWith("2")) answers.used += count;
      else answers.failed += count;
    }
  return answers;
}
