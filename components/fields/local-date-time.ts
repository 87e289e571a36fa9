/** `2026-02-28T13:00:00.000Z` as the wall clock here, `2026-02-28 10:00:00`; null for no instant. */
export function utcToLocal(instant: string): string | null {
  const at = new Date(instant);
  if (!instant || Number.isNaN(at.getTime())) return null;
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19).replace("T", " ");
}

/** The other way round. */
export function localToUtc(local: string): string | null {
  const at = new Date(local.replace(" ", "T"));
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
