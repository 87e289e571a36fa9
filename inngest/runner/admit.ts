export type Candidate = { id: number; concurrencyKeys: string[]; concurrencyLimits: number[] };

/**
 * Which of the waiting jobs, oldest first, may start: at most `free`, and never more of one concurrency key
 * than its limit, `held` included. A job that must wait for one of its keys takes no room in the others.
 */
export function admit(candidates: Candidate[], held: ReadonlyMap<string, number>, free: number): number[] {
  const taken = new Map(held);
  const admitted: number[] = [];
  for (const { id, concurrencyKeys, concurrencyLimits } of candidates) {
    if (admitted.length >= free) break;
    const hasRoom = concurrencyKeys.every(
      (key, index) => (taken.get(key) ?? 0) < (concurrencyLimits[index] ?? 0),
    );
    if (!hasRoom) continue;
    for (const key of concurrencyKeys) taken.set(key, (taken.get(key) ?? 0) + 1);
    admitted.push(id);
  }
  return admitted;
}
