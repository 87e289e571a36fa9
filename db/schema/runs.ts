import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Pace } from "@/lib/pace";
import type { Wait } from "@/lib/preview-wait";
import type { Both, Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { integrations, type Scope } from "./integrations";
import { tsvector } from "./tsvector";
import { users } from "./workspaces";

export type RunKind = "reconcile" | "transfer";
/**
 * A transfer is previewed, waits for a person, runs, may be paused, and asks where it would do more than was shown.
 * stopped: it ended before it was through; `RunCheckpoint.stoppedBy` says what did it.
 */
export type RunState =
  | "previewing"
  | "previewed"
  | "running"
  | "paused"
  | "asking"
  | "finished"
  | "cancelled"
  | "stopped";
/** inactive: the integration was paused, broken or disconnected. failed: HubSpot could not be read; also of a preview. */
export type RunStop = "inactive" | "failed";

/**
 * Where the next step goes on. `listed`: every page was read. `side`: whose records a preview reads now; the
 * prospects come first.
 */
export type RunCheckpoint = {
  side?: Side;
  /** Which of the chosen HubSpot lists. */
  list?: number;
  after?: string;
  listed?: boolean;
  listedAt?: string;
  /** When the latest page of a comparison was saved, and how often it stood still for long before one. */
  savedAt?: string;
  interruptions?: number;
  /** What keeps a comparison from its next page, as long as it does. */
  hindered?: Wait;
  /** When somebody is to be sent to a comparison, should it not have got on until then. */
  wakeAt?: string;
  /** Something may have changed unseen on pages that this comparison has passed: another one follows it. */
  again?: boolean;
  stoppedBy?: RunStop;
  /** Fields that this comparison left out, because their mapping was stopped. */
  notCompared?: string[];
  /** Of an ended transfer that somebody wants undone: the ordinary line was asked to tell of all that it had done. */
  toBeTold?: true;
  /** Of a preview that nobody had allowed: the one that took its place, and who asked for that. */
  replacedBy?: { runId: string; name: string };
};

export type RunOutcome =
  /** Nothing is to be done. */
  | "equal"
  /** The same, though fields differ that their direction keeps so. */
  | "one_way"
  /** The sides differ for a reason that was known before, and looking again would change nothing. */
  | "known"
  /** Left for the ordinary line to look at. */
  | "marked"
  /** The same, but the line would have looked without the comparison: the news of a change was on its way. */
  | "queued"
  /** What became of it, once the line had looked; arrived: equal, for what was on its way had come. */
  | "arrived"
  | "repaired"
  | "in_conflict"
  | "failing"
  | "excluded"
  | "waiting"
  /** Of a transfer: shown in the preview, and its turn has not come. */
  | "planned"
  | "created"
  | "updated"
  | "unchanged"
  /** More than was shown would happen to it: a person is asked, and may leave it out. */
  | "asked"
  | "left_out"
  /** Of an undo. */
  | "put_back"
  | "taken_back";

/** What a preview says will become of a record. put_back and take_back are those of an undo. */
export type PlannedOutcome = "create" | "update" | "conflict" | "equal" | "skip" | "put_back" | "take_back";

/**
 * A value that a transfer changes, as its side calls the field. `kept`: why it stays as it is instead, a key of the texts
 * under `recordReason`, and `why` what that sentence names. `beyond`: a person was asked about it, for it takes away what
 * the preview did not show.
 */
export type PlannedChange = {
  side: Side;
  field: string;
  label: string;
  before: Value;
  after: Value;
  kept?: string;
  why?: Record<string, string>;
  beyond?: true;
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

/**
 * A person's answer for every further record of which a field would be replaced that was not shown. `empties`: they were
 * shown that it would be emptied as well.
 */
export type StandingAnswer = {
  side: Side;
  field: string;
  answer: "continue" | "leave_out";
  empties?: boolean;
};

export type RunCounts = {
  compared: number;
  equal: number;
  /** Of those, how many were so once a change had arrived that was on its way. */
  arrived: number;
  oneWay: number;
  repaired: number;
  inConflict: number;
  failing: number;
  excluded: number;
  waiting: number;
};

/** How many records a comparison left different, or put right, for one reason; a key of the texts under `recordReason`. */
export type RunReason = {
  outcome: Extract<RunOutcome, "one_way" | "repaired" | "in_conflict" | "failing" | "excluded" | "waiting">;
  reason: string | null;
  count: number;
};

/** An execution that takes more than one step: what it has done is saved with where it goes on. */
export const runs = pgTable(
  "runs",
  {
    id: uuid().primaryKey().defaultRandom(),
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    kind: text().$type<RunKind>().notNull(),
    state: text().$type<RunState>().notNull().default("running"),
    checkpoint: jsonb().$type<RunCheckpoint>().notNull().default({}),
    counts: jsonb().$type<Partial<RunCounts>>().notNull().default({}),
    startedAt: timestamp("started_at", { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
    /** Null where nobody asked for it: the daily one. */
    startedBy: uuid("started_by").references(() => users.id, { onDelete: "set null" }),
    /** As they were called then; null where nobody asked for it. */
    startedByName: text("started_by_name"),
    /** Of a comparison that has finished. */
    reasons: jsonb().$type<RunReason[]>(),
  },
  (t) => [
    uniqueIndex("runs_open").on(t.integrationId, t.kind).where(sql`finished_at is null`),
    index("runs_latest").on(t.integrationId, t.kind, t.startedAt),
  ],
);

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
  /** Side and label of a field → records of which it changes. */
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

/** What a run found, or did, to one record. */
export const runItems = pgTable(
  "run_items",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    side: text().$type<Side>().notNull(),
    recordId: text("record_id").notNull(),
    outcome: text().$type<RunOutcome>().notNull(),
    detail: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** Of a transfer, from here on: who it is, and what the preview showed. */
    name: text(),
    /** Without accents and capital letters. */
    sortName: text("sort_name").generatedAlwaysAs(sql`left(fold_text(name), 200)`),
    planned: text().$type<PlannedOutcome>(),
    changes: jsonb().$type<PlannedChange[]>(),
    /** A value that is there is replaced, or emptied. */
    overwrites: boolean().notNull().default(false),
    /** A field of it stays, or stayed, as it is on both sides while the others travel. */
    held: boolean().notNull().default(false),
    /** Its addresses on either side. */
    emailWords: text("email_words").notNull().default(""),
    /** Words without accents, each with the run before it; `prospect_query` asks it. */
    searchWords: tsvector("search_words").generatedAlwaysAs(
      sql`prospect_words(run_id, coalesce(left(name, 200), '') || ' ' || left(email_words, 300))`,
    ),
    /** How many pages it was in that ended in an unforeseen error. */
    attempts: integer().notNull().default(0),
    lease: uuid(),
    leasedUntil: timestamp("leased_until", { withTimezone: true }),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.side, t.recordId] }),
    index("run_items_outcomes").on(t.runId, t.outcome, t.sortName, t.recordId),
    index("run_items_names").on(t.runId, t.sortName, t.recordId),
    index("run_items_planned").on(t.runId, t.planned, t.sortName, t.recordId),
    index("run_items_overwrites").on(t.runId, t.sortName, t.recordId).where(sql`overwrites`),
    index("run_items_held").on(t.runId, t.sortName, t.recordId).where(sql`held`),
    index("run_items_search").using("gin", t.searchWords),
    index("run_items_due").on(t.runId, t.planned, t.side, t.recordId).where(sql`outcome = 'planned'`),
  ],
);
