export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Asks until the answer is yes. False when the time is over or `given up` says so. */
export async function until(
  question: () => Promise<boolean> | boolean,
  {
    withinMs,
    everyMs = 50,
    givenUp = () => false,
  }: { withinMs: number; everyMs?: number; givenUp?: () => boolean },
): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (Date.now() < end && !givenUp()) {
    if (await question()) return true;
    await wait(everyMs);
  }
  return false;
}
