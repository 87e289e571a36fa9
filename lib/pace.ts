/** How many records were done within moments of two seconds, the latest last; `at` in milliseconds since 1970. */
export type Pace = { at: number; records: number }[];

const momentMs = 2_000;
const minuteMs = 60_000;

/** The pace with what was done just now; what is no part of the last minute any more is left out. Pure. */
export function addToPace(pace: Pace, records: number, now: Date): Pace {
  if (records <= 0) return pace;
  const at = momentOf(now);
  const before = lastMinuteOf(pace, now);
  const last = before.at(-1);
  return last && last.at >= at
    ? [...before.slice(0, -1), { ...last, records: last.records + records }]
    : [...before, { at, records }];
}

/** Records that were done within the last minute. Pure. */
export function inLastMinute(pace: Pace, now: Date): number {
  return lastMinuteOf(pace, now).reduce((sum, { records }) => sum + records, 0);
}

function lastMinuteOf(pace: Pace, now: Date): Pace {
  return pace.filter(({ at }) => at > momentOf(now) - minuteMs);
}

function momentOf(time: Date): number {
  return Math.floor(time.getTime() / momentMs) * momentMs;
}
