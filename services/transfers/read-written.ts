import { and, asc, eq, gt, inArray, isNotNull, or, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { activities } from "@/db/schema/sync";
import { groupBy } from "@/lib/group-by";
import { ownValue } from "@/sync/own-value";
import { sides } from "@/sync/side";
import type { Written, WrittenSide } from "@/sync/undo";
import { tellingOf, type UndoneWrites, undoneOf } from "./undone-writes";

/** What was written to a pair, and which contact it was then. */
export type WrittenPair = {
  contactId: string | null;
  written: Written;
  /** When the last write of each of HubSpot's properties was saved here, in milliseconds since 1970. */
  toldAt: Record<string, number>;
  /** When its prospect was taken out of the trash, in milliseconds since 1970; null where it was not. */
  restoredAt: number | null;
  /** The record that was made has been removed since: where it is there, somebody wanted it back. */
  removedSince: boolean;
  /** All of its record within a day: what is changed since it was made may have been changed on that day too. */
  ofDay: boolean;
};

/** The next prospects to whose pairs something was written that an undo takes back, in the order of their ids. */
export async function writtenProspects(
  db: Db | Tx,
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
  const told = await db
    .select({
      id: activities.id,
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
  const rows = told.map((row) => ({ ...row, changes: undoneOf(undone, row.side ?? "snov", row.changes) }));
  const later = groupBy(
    await writtenAfter(db, undone, prospectIds, rows[0]?.id),
    ({ prospectId }) => prospectId,
  );
  return new Map(
    [...groupBy(rows, ({ prospectId }) => prospectId ?? "")].map(([prospectId, ofPair]) => [
      prospectId,
      {
        contactId: ofPair.find(({ contactId }) => contactId)?.contactId ?? null,
        written: writtenOf(undone.kind === "rule" ? latestOf(ofPair) : ofPair, later.get(prospectId) ?? []),
        toldAt: toldAtOf(ofPair),
        restoredAt: ofPair.find(isRestored)?.at.getTime() ?? null,
        removedSince: wasRemovedSince(ofPair, later.get(prospectId) ?? []),
        ofDay: undone.kind === "day",
      },
    ]),
  );
}

type Row = Pick<typeof activities.$inferSelect, "id" | "side" | "kind" | "changes" | "at">;
type LaterRow = Pick<Row, "id" | "side" | "kind" | "changes">;

const removals = ["prospect/trashed", "contact/archived"];

/** What anybody wrote to these prospects and their contacts after that activity, or removed, beside what is undone. */
async function writtenAfter(
  db: Db,
  undone: UndoneWrites,
  prospectIds: string[],
  id: number | undefined,
): Promise<(LaterRow & { prospectId: string | null })[]> {
  if (id === undefined) return [];
  return await db
    .select({
      id: activities.id,
      prospectId: activities.prospectId,
      side: activities.side,
      kind: activities.kind,
      changes: activities.changes,
    })
    .from(activities)
    .where(
      and(
        inArray(activities.prospectId, prospectIds),
        gt(activities.id, id),
        inArray(activities.kind, ["prospect/edited", "contact/edited", ...removals]),
        // A prospect has a contact in each integration of its own.
        or(eq(activities.side, "snov"), eq(activities.integrationId, undone.integrationId)),
        sql`(${tellingOf(undone)}) is not true`,
      ),
    );
}

/** What a transfer takes out of the trash goes back there. */
function isRestored({ kind }: Pick<Row, "kind">): boolean {
  return kind === "prospect/restored";
}

function isMade({ kind }: Pick<Row, "kind">): boolean {
  return kind.endsWith("/created") || isRestored({ kind });
}

function wasRemovedSince(rows: Row[], later: LaterRow[]): boolean {
  return rows
    .filter(isMade)
    .some((made) =>
      later.some(({ id, side, kind }) => side === made.side && id > made.id && removals.includes(kind)),
    );
}

/** What a rule replaced last is what a person had written last: that comes back, and nothing older. */
function latestOf<R extends Row>(rows: R[]): R[] {
  return rows.filter(({ id, side }) => !rows.some((row) => row.side === side && row.id > id));
}

/** `rows` and `later` are in the order in which they were written, as a record's row lets one write it after the other. */
function writtenOf(rows: Row[], later: LaterRow[]): Written {
  const written: Written = { snov: null, hubspot: null };
  for (const side of sides)
    for (const { id, kind, changes } of rows.filter((row) => row.side === side)) {
      const all: WrittenSide = written[side] ?? { created: false, fields: {} };
      all.created ||= isMade({ kind });
      for (const { field, before, after } of changes) {
        const touched = later.some((row) => row.side === side && row.id > id && isAbout(row, field));
        all.fields[field] = { before: (ownValue(all.fields, field) ?? { before }).before, after, touched };
      }
      written[side] = all;
    }
  return written;
}

function isAbout({ changes }: LaterRow, field: string): boolean {
  return changes.some((change) => change.field === field);
}

function toldAtOf(rows: Row[]): WrittenPair["toldAt"] {
  const ofContact = rows.filter(({ side }) => side === "hubspot");
  return Object.fromEntries(
    ofContact.flatMap(({ changes, at }) => changes.map(({ field }) => [field, at.getTime()])),
  );
}
