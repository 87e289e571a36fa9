/** What a Retry-After header asks for, in milliseconds from now: seconds, or a date of HTTP's or ISO's; undefined where it says neither. */
export function retryAfterMs(header: string | null | undefined, now: number): number | undefined {
  const given = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(given)) return Number(given) * 1000;
  const at = /^([A-Z][a-z]+,? |\d{4}-\d\d-\d\dT)/.test(given) ? Date.parse(given) : Number.NaN;
  return Number.isNaN(at) ? undefined : at - now;
}
