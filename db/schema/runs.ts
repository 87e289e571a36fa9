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
import type { Wait } from "@/lib/preview-wait";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { integrations } from "./integrations";
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
