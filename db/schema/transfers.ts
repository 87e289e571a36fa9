import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Pace } from "@/lib/pace";
import type { Wait } from "@/lib/preview-wait";
import type { Both, Side } from "@/sync/side";
import type { Scope } from "./integrations";
import { type RunOutcome, runs } from "./runs";

/** How many records of each kind a preview has shown so far. */
export type PreviewCounts = {
  seen: number;
  /** By the side that gets the new record. */
  create: Both<number>;
  update: number;
  conflict: number;
  equal: number;
  /** Of those, pairs that are not linked yet, or whose link has to remember what is left: their turn comes as well. */
  toLink?: number;
  /** Reason → records; the texts are under `recordReason`. */
  skip: Record<string, number>;
  /** Side and name of a field → records of which it changes. */
  fields: Record<string, number>;
  /** Records of which a value is replaced, or emptied. */
  overwrites: number;
  /** Chosen HubSpot lists that HubSpot no longer had: nobody is taken from them. */
  goneLists?: string[];
  undo?: UndoCounts;
};

export type UndoCounts = {
  /** Records of which fields are put back, and those fields. */
  records: number;
  fields: number;
  /** Records to remove, by the side that has them. */
  takeBack: Both<number>;
  /** Why fields stay as they are → how many. */
  kept: Record<string, number>;
};

/**
 * HubSpot keeps a transfer waiting, or a preview has `failed` otherwise. `passed`: pages that were saved since the latest of
 * its `faults`; full ones come after a few of them.
 */
export type Hindrance = Wait & {
  kind: "no_answer" | "limit" | "day" | "locked" | "moving" | "unreachable" | "failed";
  faults: number;
  passed: number;
};

/** A person's answer for every further record of which a field would be replaced that was not shown. */
export type StandingAnswer = {
  side: Side;
  field: string;
  answer: "continue" | "leave_out";
};

/** What an undo takes back where that is no transfer. `rule`: what a field's policy settled between two moments. */
export type UndoneChanges = { recordName: string | null; at: string } & (
  | { kind: "change"; activityId: number }
  | { kind: "day"; prospectId: string; from: string; to: string }
  | { kind: "rule"; fields: Both<string>; label: string; from: string; to: string }
);

/** What a transfer is of, and what it came to. */
export const transfers = pgTable(
  "transfers",
  {
    runId: uuid("run_id")
      .primaryKey()
      .references(() => runs.id, { onDelete: "cascade" }),
    /** Whose records are taken: prospects towards HubSpot, contacts towards Snov.io. */
    fromSnov: boolean("from_snov").notNull(),
    fromHubspot: boolean("from_hubspot").notNull(),
    prospects: jsonb().$type<Scope>().notNull(),
    contacts: jsonb().$type<Scope>().notNull(),
    preview: jsonb().$type<PreviewCounts>().notNull(),
    /** What became of those whose turn has come. */
    done: jsonb().$type<Partial<Record<RunOutcome, number>>>().notNull().default({}),
    /** Of how many records the preview no longer held when their turn came. */
    changed: integer().notNull().default(0),
    /** Of how many records a field stays, or stayed, as it is on both sides while the others travel. */
    held: integer().notNull().default(0),
    /** The transfer that this one undoes. */
    undoes: uuid().references(() => runs.id, { onDelete: "set null" }),
    /** Of an undo of something else. */
    undoesChanges: jsonb("undoes_changes").$type<UndoneChanges>(),
    /** When a person allowed what was shown. */
    allowedAt: timestamp("allowed_at", { withTimezone: true }),
    /** Since when it goes on without having been paused or interrupted. */
    resumedAt: timestamp("resumed_at", { withTimezone: true }),
    /** How many records were done within the last minute of that. */
    pace: jsonb().$type<Pace>().notNull().default([]),
    /** When the latest page of it was saved, and what has kept the next one from it since. */
    savedAt: timestamp("saved_at", { withTimezone: true }),
    hindered: jsonb().$type<Hindrance>(),
    answers: jsonb().$type<StandingAnswer[]>().notNull().default([]),
    /** When somebody is to be sent to work on it, should no page of it have been saved until then. */
    wakeAt: timestamp("wake_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index("transfers_undoes").on(t.undoes).where(sql`undoes is not null`)],
);
