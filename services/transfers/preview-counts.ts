import type { PreviewCounts } from "@/db/schema/runs";
import type { ShownRecord } from "./show-record";

export const noPreview: PreviewCounts = {
  seen: 0,
  create: { snov: 0, hubspot: 0 },
  update: 0,
  conflict: 0,
  equal: 0,
  skip: {},
  fields: {},
  overwrites: 0,
};

/** The counts with these records as well. */
export function addShown(counts: PreviewCounts, records: ShownRecord[]): PreviewCounts {
  const sum: PreviewCounts = {
    ...counts,
    create: { ...counts.create },
    skip: { ...counts.skip },
    fields: { ...counts.fields },
  };
  for (const { planned, side, reason, changes, overwrites } of records) {
    sum.seen += 1;
    if (planned === "create") sum.create[side === "snov" ? "hubspot" : "snov"] += 1;
    else if (planned === "skip") sum.skip[reason ?? ""] = (sum.skip[reason ?? ""] ?? 0) + 1;
    else sum[planned] += 1;
    for (const key of new Set(changes.map((change) => `${change.side}:${change.label}`)))
      sum.fields[key] = (sum.fields[key] ?? 0) + 1;
    if (overwrites) sum.overwrites += 1;
  }
  return sum;
}
