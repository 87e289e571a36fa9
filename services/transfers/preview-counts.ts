import type { PreviewCounts, UndoCounts } from "@/db/schema/transfers";
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

/** The counts with these records as well, and with the list that was found gone instead of them. */
export function addShown(counts: PreviewCounts, records: ShownRecord[], goneList?: string): PreviewCounts {
  const sum: PreviewCounts = {
    ...counts,
    create: { ...counts.create },
    skip: { ...counts.skip },
    fields: { ...counts.fields },
    ...(goneList ? { goneLists: [...(counts.goneLists ?? []), goneList] } : {}),
  };
  for (const record of records) {
    const { planned, on, reason, changes, overwrites } = record;
    sum.seen += 1;
    if (planned === "create" && on) sum.create[on] += 1;
    else if (planned === "skip") sum.skip[reason ?? ""] = (sum.skip[reason ?? ""] ?? 0) + 1;
    else if (planned !== "create" && planned !== "put_back" && planned !== "take_back") sum[planned] += 1;
    if (planned === "equal" && record.links) sum.toLink = (sum.toLink ?? 0) + 1;
    if (sum.undo) sum.undo = addUndone(sum.undo, record);
    // New records get all mapped fields.
    const changed = planned === "create" ? [] : changes.filter(({ kept }) => !kept);
    for (const key of new Set(changed.map((change) => `${change.side}:${change.field}`)))
      sum.fields[key] = (sum.fields[key] ?? 0) + 1;
    if (overwrites) sum.overwrites += 1;
  }
  return sum;
}

export const noUndo: UndoCounts = { records: 0, fields: 0, takeBack: { snov: 0, hubspot: 0 }, kept: {} };

function addUndone(counts: UndoCounts, { planned, on, changes }: ShownRecord): UndoCounts {
  const sum: UndoCounts = { ...counts, takeBack: { ...counts.takeBack }, kept: { ...counts.kept } };
  if (planned === "put_back") sum.records += 1;
  if (planned === "take_back" && on) sum.takeBack[on] += 1;
  // What stays of a record that stays altogether is told by the record's own reason.
  if (planned !== "put_back") return sum;
  for (const { kept } of changes)
    if (kept) sum.kept[kept] = (sum.kept[kept] ?? 0) + 1;
    else sum.fields += 1;
  return sum;
}
