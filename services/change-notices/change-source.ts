/** How HubSpot's changes are learnt of first; the search each minute and the daily comparison come in any case. */
export type ChangeSource = "push" | "journal" | "poll";

export type Reach = {
  appUrl: string;
  /** The sandbox on this machine reaches every address of this machine. */
  sandbox: boolean;
  /** When HubSpot last said that our app may not read the journal. */
  journalRefusedAt: Date | null;
};

/**
 * Of what the journal tells: everything, or beside pushed notices what nothing else would tell soon. nothing: it is only
 * asked to tell of accounts that it does not tell of yet, so that what it is read for the next time is in it.
 */
export type JournalExtent = "everything" | "removals" | "nothing";

const hour = 60 * 60_000;
const askAgainAfterMs = 24 * hour;
const catchUpAfterMs = hour;

/** Pushed where HubSpot can reach us, else the journal where our app may read it, else the search alone. */
export function changeSource({ appUrl, sandbox, journalRefusedAt }: Reach, now: Date): ChangeSource {
  if (sandbox || isPublic(appUrl)) return "push";
  return isWithin(askAgainAfterMs, journalRefusedAt, now) ? "poll" : "journal";
}

/**
 * What of the journal is to be read now: all of it where it is the source, once an hour where notices are pushed; undefined
 * where it is left alone.
 */
export function journalExtent(
  reach: Reach & { journalReadAt: Date | null },
  now: Date,
): JournalExtent | undefined {
  if (isWithin(askAgainAfterMs, reach.journalRefusedAt, now)) return undefined;
  if (changeSource(reach, now) === "journal") return "everything";
  return isWithin(catchUpAfterMs, reach.journalReadAt, now) ? "nothing" : "removals";
}

/** Whether removals are looked for in HubSpot's recycle bin: where no journal tells of those that no webhook has told. */
export function readsRecycleBin(
  {
    journalRefusedAt,
    journalFailsSince,
  }: Pick<Reach, "journalRefusedAt"> & { journalFailsSince: Date | null },
  now: Date,
): boolean {
  if (isWithin(askAgainAfterMs, journalRefusedAt, now)) return true;
  return journalFailsSince !== null && !isWithin(catchUpAfterMs, journalFailsSince, now);
}

function isWithin(ms: number, then: Date | null, now: Date): boolean {
  return then !== null && now.getTime() - then.getTime() < ms;
}

/** HubSpot pushes to https only, and to names and addresses of the internet only. */
function isPublic(appUrl: string): boolean {
  const { protocol, hostname } = new URL(appUrl);
  if (protocol !== "https:" || !hostname.includes(".") || hostname.startsWith("[")) return false;
  if (/\.(local|localhost|internal|lan|home|test|invalid|example)$/.test(hostname)) return false;
  return !/^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168)\./.test(hostname);
}
