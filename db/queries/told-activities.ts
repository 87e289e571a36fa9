import { and, inArray, isNotNull, or, sql } from "drizzle-orm";
import { activities } from "@/db/schema/sync";

/** Acts that are shown although no field tells of them. */
const recordActs = ["contact/archived", "prospect/trashed", "prospect/restored", "prospect/erased"];
const fuseActs = ["integration/stopped", "integration/fuse_answered"];
const transferActs = [
  "started",
  "paused",
  "resumed",
  "cancelled",
  "continued",
  "left_out",
  "retried",
].flatMap((act) => [`transfer/${act}`, `undo/${act}`]);

/** Values that were written, records that came or went, where a fuse stopped, and what people did with transfers. */
export const isTold = or(
  and(
    isNotNull(activities.side),
    or(sql`${activities.changes} <> '[]'::jsonb`, inArray(activities.kind, recordActs)),
  ),
  inArray(activities.kind, [...fuseActs, ...transferActs]),
);

/** What people decided about conflicts without anything being written, and every setting and rule that they changed. */
const decisions = [
  "conflict/left",
  "conflict/linked",
  "conflict/kept_apart",
  "conflict/taken_back",
  "integration/changed",
];

export const isToldOrDecided = or(isTold, inArray(activities.kind, decisions));
