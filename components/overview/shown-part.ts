import type { Value } from "@/sync/value";

/** A browser needs seconds for a page of records with texts of the length that HubSpot takes. */
export const longestShown = 400;
/** So much of what is the same is shown beside a difference. */
export const shownAround = 40;

/**
 * Of a long text as much as one reads in a list: where it begins to differ from what stands beside it, and what follows.
 * Downloads, and the record's own page, hold all of it. Pure.
 */
export function shownPart(value: Value, beside: Value): Value {
  if (typeof value !== "string" || value.length <= longestShown) return value;
  const from = Math.max(0, firstDifference(value, typeof beside === "string" ? beside : "") - shownAround);
  const start = Math.min(from, value.length - longestShown);
  const end = start + longestShown;
  return `${start > 0 ? "…" : ""}${value.slice(start, end)}${end < value.length ? "…" : ""}`;
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  // What is the same, or stands alone, is read from its begin.
  return one === other || !other ? 0 : at;
}
