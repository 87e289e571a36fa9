type Shared<T> = { answer: Promise<T>; until: number };

/**
 * One answer for all who ask the same within the time that `holdsMs` gives it, and while it is asked for anew after that. What
 * holds no time at all is asked for by everybody.
 */
export function sharedAnswers<T>(holdsMs: (answer: T) => number) {
  const shared = new Map<string, Shared<T>>();
  return async (subject: string, ask: () => Promise<T>): Promise<T> => {
    const known = shared.get(subject);
    if (known && performance.now() < known.until) return await known.answer;
    const answer = ask();
    if (known) shared.set(subject, { answer, until: Number.POSITIVE_INFINITY });
    try {
      const held = holdsMs(await answer);
      shared.delete(subject);
      forgetPast(shared);
      if (held > 0) shared.set(subject, { answer, until: performance.now() + held });
    } catch (error) {
      shared.delete(subject);
      throw error;
    }
    return await answer;
  };
}

function forgetPast(shared: Map<string, Shared<unknown>>): void {
  const now = performance.now();
  for (const [subject, { until }] of shared) if (until < now) shared.delete(subject);
}
