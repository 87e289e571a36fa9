import { and, asc, gt, inArray, isNotNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { activities } from "@/db/schema/sync";
import { groupBy } from "@/lib/group-by";
import { sides } from "@/sync/side";
import type { Written, WrittenSide } from "@/sync/undo";
import { tellingOf, type UndoneWrites } from "./undone-writes";

/** What was written to a pair, and which contact it was then. */
export type WrittenPair = {
  contactId: string | null;
  written: Written;
  /** When its prospect was taken out of the trash, in milliseconds since 1970; null where it was not. */
  restoredAt: number | null;
};

/** The next prospects to whose pairs something was written that an undo takes back, in the order of their ids. */
export async function writtenProspects(
  db: Db,
  undone: UndoneWrites,
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectDistinct({ prospectId: activities.prospectId })
    .from(activities)
    .where(
      and(tellingOf(undone), after ? gt(activities.prospectId, after) : isNotNull(activities.prospectId)),
    )
    .orderBy(asc(activities.prospectId))
    .limit(limit);
  return rows.flatMap(({ prospectId }) => prospectId ?? []);
}

/** Prospect id → what was written to its pair, as the activities tell. */
export async function readWritten(
  db: Db,
  undone: UndoneWrites,
  prospectIds: string[],
): Promise<Map<string, WrittenPair>> {
  if (!prospectIds.length) return new Map();
  const rows = await db
    .select({
      prospectId: activities.prospectId,
      contactId: activities.contactId,
      side: activities.side,
      kind: activities.kind,
      changes: activities.changes,
      at: activities.at,
    })
    .from(activities)
    .where(and(tellingOf(undone), inArray(activities.prospectId, prospectIds)))
    .orderBy(asc(activities.id));
  return new Map(
    [...groupBy(rows, ({ prospectId }) => prospectId ?? "")].map(([prospectId, ofPair]) => [
      prospectId,
      {
        contactId: ofPair.find(({ contactId }) => contactId)?.contactId ?? null,
        written: writtenOf(ofPair),
        restoredAt: ofPair.find(isRestored)?.at.getTime() ?? null,
      },
    ]),
  );
}

type Row = Pick<typeof activities.$inferSelect, "side" | "kind" | "changes">;

/** What a transfer takes out of the trash goes back there. */
function isRestored({ kind }: Pick<Row, "kind">): boolean {
  return kind === "prospect/restored";
}

function writtenOf(rows: Row[]): Written {
  const written: Written = { snov: null, hubspot: null };
  for (const side of sides)
    for (const { kind, changes } of rows.filter((row) => row.side === side)) {
      const all: WrittenSide = written[side] ?? { created: false, fields: {} };
      all.created ||= kind.endsWith("/created") || isRestored({ kind });
      for (const { field, before, after } of changes)
        all.fields[field] = { before: (all.fields[field] ?? { before }).before, after };
      written[side] = all;
    }
  return written;
}
