/** How HubSpot's changes are learnt of first; the search each minute and the daily comparison come in any case. */
export type ChangeSource = "push" | "journal" | "poll";

export type Reach = {
  appUrl: string;
  /** The sandbox on this machine reaches every address of this machine. */
  sandbox: boolean;
  /** When HubSpot last said that our app may not read the journal. */
  journalRefusedAt: Date | null;
};

const askAgainAfterMs = 24 * 60 * 60_000;

/** Pushed where HubSpot can reach us, else the journal where our app may read it, else the search alone. */
export function changeSource({ appUrl, sandbox, journalRefusedAt }: Reach, now: Date): ChangeSource {
  if (sandbox || isPublic(appUrl)) return "push";
  if (journalRefusedAt && now.getTime() - journalRefusedAt.getTime() < askAgainAfterMs) return "poll";
  return "journal";
}

/** HubSpot pushes to https only, and to names and addresses of the internet only. */
function isPublic(appUrl: string): boolean {
  const { protocol, hostname } = new URL(appUrl);
  if (protocol !== "https:" || !hostname.includes(".") || hostname.startsWith("[")) return false;
  if (/\.(local|localhost|internal|lan|home|test|invalid|example)$/.test(hostname)) return false;
  return !/^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168)\./.test(hostname);
}
