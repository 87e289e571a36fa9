const msPerDay = 24 * 3_600_000;
/** What is saved at the hour with a time before it is there by then. */
const graceMs = 5 * 60_000;

/** The last moment up to which daily e-mails tell, once it is safely past. */
export function lastDigestTime(now: Date, hour: number): Date {
  const past = new Date(now.getTime() - graceMs);
  const today = Date.UTC(past.getUTCFullYear(), past.getUTCMonth(), past.getUTCDate(), hour);
  return new Date(today <= past.getTime() ? today : today - msPerDay);
}

export const nextDigestTime = (now: Date, hour: number): Date =>
  new Date(lastDigestTime(now, hour).getTime() + msPerDay);
