const atOnce = 50;
const triesAtMost = 3;

/** The keys to ask of next: what has failed comes after what nobody has asked yet, and not for ever. */
export function keysToAsk(
  keys: string[],
  known: Readonly<Record<string, unknown>>,
  failures: Readonly<Record<string, number>>,
): string[] {
  const triesOf = (key: string) => failures[key] ?? 0;
  return keys
    .filter((key) => !Object.hasOwn(known, key) && triesOf(key) < triesAtMost)
    .sort((one, other) => triesOf(one) - triesOf(other))
    .slice(0, atOnce);
}
