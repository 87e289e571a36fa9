import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Side } from "@/sync/side";
import { integrations } from "./integrations";
import { users } from "./workspaces";

export type RunKind = "reconcile" | "transfer";
/** stopped: it ended before it was through; `RunCheckpoint.stoppedBy` says what did it. */
export type RunState = "running" | "finished" | "stopped";
/** inactive: the integration was paused, broken or disconnected. failed: HubSpot could not be read. */
export type RunStop = "inactive" | "failed";

/** Where the next step goes on. `listed`: every page was read, and what none of them showed is marked. */
export type RunCheckpoint = { after?: string; listed?: boolean; listedAt?: string; stoppedBy?: RunStop };

export type RunOutcome =
  /** Nothing is to be done. */
  | "equal"
  /** The sides differ for a reason that was known before, and looking again would change nothing. */
  | "known"
  /** Left for the ordinary line to look at. */
  | "marked"
  /** What became of it, once the line had looked. */
  | "repaired"
  | "in_conflict"
  | "failing"
  | "excluded"
  | "waiting";

export type RunCounts = {
  compared: number;
  equal: number;
  repaired: number;
  inConflict: number;
  failing: number;
  excluded: number;
  waiting: number;
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
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.side, t.recordId] }),
    index("run_items_outcome").on(t.runId, t.outcome),
  ],
);
