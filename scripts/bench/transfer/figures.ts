import { isDeepStrictEqual } from "node:util";
import { limitShare, tenths } from "../../limit-share";

/** What a run took; `records`: those that had a turn, for the others cost it nothing. */
export type Taken = { records: number; calls: number; seconds: number };

/** What both sides hold when a run has ended. */
export type Left = { contacts: number; prospects: number; links: number; activities: number };

export type Ended = Left & { state: string; done: Record<string, number>; kills: number };

/** `all`: every record the transfer was asked about, and what their preview had called for. */
export function againstLimit({ records, calls, seconds }: Taken, all: { calls: number; records: number }) {
  return {
    apiCalls: calls,
    callsPer100: per100(calls, records),
    callsPer100OfAll: per100(all.calls + calls, all.records),
    seconds: tenths(seconds),
    ...limitShare({ calls, seconds }),
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

/** Of a run whose process was killed on the way, beside one that was let be. `same`: in everything counted. */
export function againstUndisturbed(killed: Ended, undisturbed: Ended) {
  const more = (key: keyof Left) => killed[key] - undisturbed[key];
  const duplicates = Math.max(0, more("contacts")) + Math.max(0, more("prospects"));
  const lost = Math.max(0, -more("links"));
  return {
    kills: killed.kills,
    same: isDeepStrictEqual(counted(killed), counted(undisturbed)),
    duplicates,
    lost,
  };
}

function counted({ state, done, contacts, prospects, links, activities }: Ended) {
  return { state, done, contacts, prospects, links, activities };
}

function per100(calls: number, records: number): number {
  return Math.round((calls / records) * 10_000) / 100;
}
