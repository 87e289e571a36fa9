/** What a run took; `records`: those that had a turn, for the others cost it nothing. */
export type Taken = { records: number; calls: number; seconds: number };

const CALLS_PER_SECOND = 11;

export function againstLimit({ records, calls, seconds }: Taken) {
  const idealSeconds = calls / CALLS_PER_SECOND;
  return {
    apiCalls: calls,
    callsPer100: Math.round((calls / records) * 10_000) / 100,
    seconds: tenths(seconds),
    idealSeconds: tenths(idealSeconds),
    limitShare: Math.round((idealSeconds / seconds) * 1000) / 1000,
  };
}

/** `databaseMs`: how long statements took in the database, all sessions together. */
export function againstPlain(
  { records, seconds }: Taken,
  { peakMb, databaseMs }: { peakMb: number; databaseMs: number },
  plainPerSecond: number,
) {
  return {
    recordsPerSecond: Math.round(records / seconds),
    peakMb,
    databaseSeconds: tenths(databaseMs / 1000),
    plainPerSecond: Math.round(plainPerSecond),
    timesPlain: tenths(records / seconds / plainPerSecond),
  };
}

export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
