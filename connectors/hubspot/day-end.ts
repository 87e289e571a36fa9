const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Milliseconds until the next midnight in a time zone that the runtime knows; at most an hour more where a clock is put forward. */
export function msUntilMidnight(timeZone: string, now: number): number {
  const rest = DAY - sinceMidnight(timeZone, now);
  const overshoot = sinceMidnight(timeZone, now + rest);
  // The day has 25 hours: its midnight is still to come.
  return overshoot > DAY / 2 ? rest + DAY - overshoot : rest;
}

/** What the clocks on the walls there show, from 0:00. */
export function sinceMidnight(timeZone: string, now: number): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(now);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return part("hour") * HOUR + part("minute") * 60_000 + part("second") * 1000 + (now % 1000);
}
