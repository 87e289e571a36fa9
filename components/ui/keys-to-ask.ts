const atOnce = 50;
const triesAtMost = 3;

/** The keys to ask of next: what has failed comes after what nobody has asked yet, and not for ever. All have failed as often. */
export function keysToAsk(
  keys: string[],
  known: Readonly<Record<string, unknown>>,
  failures: Readonly<Record<string, number>>,
): string[] {
  const triesOf = (key: string) => failures[key] ?? 0;
  const open = keys.filter((key) => !Object.hasOwn(known, key) && triesOf(key) < triesAtMost);
  const fewest = Math.min(...open.map(triesOf));
  return open.filter((key) => triesOf(key) === fewest).slice(0, atOnce);
}

/** What failed a moment ago would mostly fail again at once. */
export function msBeforeTry(failures: number): number {
  return failures ? 5_000 * 4 ** (failures - 1) : 0;
}

/** Whom it has answered, if only with nothing. */
export function split<Answer>(
  keys: string[],
  told: Readonly<Record<string, Answer>>,
): { answered: Record<string, Answer>; unanswered: string[] } {
  const answered = Object.fromEntries(
    keys.flatMap((key) => (key in told ? [[key, told[key] as Answer]] : [])),
  );
  return { answered, unanswered: keys.filter((key) => !(key in told)) };
}
