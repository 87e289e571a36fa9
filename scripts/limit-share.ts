const CALLS_PER_SECOND = 11;

/** The time that so many calls take at the account's limit (HubSpot's 110 in ten seconds), over the time they took. */
export function limitShare({ calls, seconds }: { calls: number; seconds: number }) {
  const idealSeconds = calls / CALLS_PER_SECOND;
  return {
    idealSeconds: tenths(idealSeconds),
    limitShare: Math.round((idealSeconds / seconds) * 1000) / 1000,
  };
}

export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
