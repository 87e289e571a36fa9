import type { ConflictRow, ConflictsView } from "@/services/conflicts/read-page";
import { isDecidable } from "./decidable";

/** What is shown with what a poll brings: the first page as it is now, and below it what was loaded further on. */
export function shownPages(pages: ConflictsView[], first: ConflictsView): ConflictsView[] {
  const news = new Map(first.watched.map((row) => [row.id, row]));
  const later = pages.slice(1).map((page) => ({
    ...page,
    held: first.held,
    conflicts: page.conflicts.flatMap((row) => {
      const now = news.get(row.id) ?? row;
      return isAfter(row, first.conflicts.at(-1)) && !now.closedAt ? [now] : [];
    }),
  }));
  const last = later.at(-1);
  if (!first.next || !last || !later.some(({ conflicts }) => conflicts.length)) return [first];
  const shown = [first, ...later].flatMap(({ conflicts }) => conflicts);
  const decidable = shown.filter(isDecidable).length;
  const end = shown.at(-1);
  // What has come since the end was reached stands behind it.
  if (!last.next && end && (first.counted?.counts.total ?? 0) > decidable)
    last.next = { openedAt: end.openedAt, side: end.side, recordId: end.recordId, id: end.id };
  return [first, ...later];
}

/** Conflicts that a poll no longer shows: they have closed, or match no more. */
export function leftBetween(before: ConflictsView[], after: ConflictsView[]): ConflictRow[] {
  const still = new Set(after.flatMap(({ conflicts }) => conflicts.map(({ id }) => id)));
  const end = after.at(-1);
  const rows = before.flatMap(({ conflicts }) => conflicts);
  // What stands behind the end of the list was pushed out of it, and has not left.
  const behind = (row: ConflictRow) => end?.next && isAfter(row, end.conflicts.at(-1));
  return rows.filter((row) => !still.has(row.id) && !behind(row));
}

function isAfter(row: ConflictRow, other: ConflictRow | undefined): boolean {
  if (!other) return false;
  for (const key of ["openedAt", "side", "recordId", "id"] as const)
    if (row[key] !== other[key]) return row[key] > other[key];
  return false;
}

/** How it ended, where it did between two looks: the conflict has closed, or the choice about it has come to nothing. */
export function endingOf(before: ConflictRow, now: ConflictRow): ConflictRow["outcome"] {
  if (now.closedAt) return now.outcome;
  return before.resolution && !now.resolution ? now.outcome : null;
}
