const UNITS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of "1h30m", "10s", "500ms"; null when it is not a duration. */
export function parseDuration(text: string): number | null {
  const compact = text.replaceAll(" ", "");
  if (!/^(\d+(\.\d+)?(ms|[smhdw]))+$/.test(compact)) return null;
  return [...compact.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0),
    0,
  );
}

/** When a wait ends that the SDK names by a duration or by an ISO date; null when it is neither. */
export function endOfWait(text: string, now: Date): Date | null {
  const duration = parseDuration(text);
  if (duration !== null) return new Date(now.getTime() + duration);
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}
