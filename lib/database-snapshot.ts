/** Which transactions of the database had ended at a moment: all before `next` but those that were `running`. */
type Snapshot = { next: bigint; running: bigint[] };

/** What `pg_current_snapshot()` wrote; null for what Postgres would not take for one. */
export function readSnapshot(text: string): Snapshot | null {
  const found = /^(\d{1,19}):(\d{1,19}):((?:\d{1,19}(?:,\d{1,19})*)?)$/.exec(text);
  if (!found) return null;
  const [first, next] = [BigInt(found[1] ?? 0), BigInt(found[2] ?? 0)];
  const running = found[3] ? found[3].split(",").map(BigInt) : [];
  const isInOrder = running.every(
    (id, place) => id >= first && id < next && id > (running[place - 1] ?? BigInt(0)),
  );
  return first > 0 && first <= next && isInOrder ? { next, running } : null;
}

/** Of several moments of one database the earliest: what had ended then, had ended at all the others. */
export function earliestSnapshot(texts: string[]): string | undefined {
  const known = texts.flatMap((text) => {
    const snapshot = readSnapshot(text);
    return snapshot ? [{ text, ...snapshot }] : [];
  });
  const [earliest] = known.toSorted((one, other) =>
    one.next === other.next ? other.running.length - one.running.length : one.next < other.next ? -1 : 1,
  );
  return earliest?.text;
}
