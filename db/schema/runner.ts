import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  json,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

// Payloads are `json`, not `jsonb`: a step may return any JSON text, and jsonb refuses \u0000.

const at = (name: string) => timestamp(name, { withTimezone: true });

export const runnerEvents = pgTable(
  "runner_events",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    payload: json("payload").notNull(),
    receivedAt: at("received_at").notNull().defaultNow(),
  },
  (table) => [index("runner_events_received_at").on(table.receivedAt)],
);

export const runnerRuns = pgTable(
  "runner_runs",
  {
    id: text("id").primaryKey(),
    functionId: text("function_id").notNull(),
    status: text("status", { enum: ["queued", "running", "completed", "failed", "cancelled"] }).notNull(),
    event: json("event").notNull(),
    /** Number of the last call to the function: whoever speaks for an older call is stale. */
    generation: integer("generation").notNull().default(0),
    /** Parallel steps are open: the SDK must plan and not execute until they have joined. */
    planOnly: boolean("plan_only").notNull().default(false),
    requestVersion: integer("request_version").notNull().default(-1),
    concurrencyKeys: text("concurrency_keys").array().notNull().default(sql`'{}'`),
    concurrencyLimits: integer("concurrency_limits").array().notNull().default(sql`'{}'`),
    singletonKey: text("singleton_key"),
    parentRunId: text("parent_run_id"),
    parentStepId: text("parent_step_id"),
    output: json("output"),
    error: json("error"),
    createdAt: at("created_at").notNull().defaultNow(),
    startedAt: at("started_at"),
    endedAt: at("ended_at"),
  },
  (table) => [
    index("runner_runs_live").on(table.functionId).where(sql`status in ('queued', 'running')`),
    uniqueIndex("runner_runs_singleton").on(table.singletonKey).where(sql`status in ('queued', 'running')`),
    index("runner_runs_ended_at").on(table.endedAt),
  ],
);

export const runnerStepOrder = pgSequence("runner_step_order");

export const runnerSteps = pgTable(
  "runner_steps",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runnerRuns.id, { onDelete: "cascade" }),
    id: text("id").notNull(),
    op: text("op").notNull(),
    name: text("name"),
    state: text("state", { enum: ["pending", "done", "dropped"] }).notNull(),
    result: json("result"),
    /** Order of completion, which the SDK replays. */
    position: bigint("position", { mode: "number" }),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.id] })],
);

export const runnerJobs = pgTable(
  "runner_jobs",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text("kind", { enum: ["call", "sleep", "invoke-timeout", "debounce", "route"] }).notNull(),
    dedupeKey: text("dedupe_key").notNull().unique(),
    runId: text("run_id").references(() => runnerRuns.id, { onDelete: "cascade" }),
    stepId: text("step_id"),
    /** The debounce key or the event id that the job is about, where it is not about a run. */
    subject: text("subject"),
    /** Calls that failed in the function itself; its `retries` bound them. */
    attempt: integer("attempt").notNull().default(0),
    /** Calls that were cut off: the app or the runner died in the middle. */
    interruptions: integer("interruptions").notNull().default(0),
    /** Calls that never began: the app was not there. */
    deferrals: integer("deferrals").notNull().default(0),
    runAt: at("run_at").notNull().defaultNow(),
    concurrencyKeys: text("concurrency_keys").array().notNull().default(sql`'{}'`),
    concurrencyLimits: integer("concurrency_limits").array().notNull().default(sql`'{}'`),
    /** Counts claims: with `claimed_by` it tells the worker that holds the job from one that lost it. */
    claims: integer("claims").notNull().default(0),
    claimedBy: uuid("claimed_by"),
    leasedUntil: at("leased_until"),
  },
  (table) => [
    index("runner_jobs_due").on(table.runAt, table.id).where(sql`claimed_by is null`),
    index("runner_jobs_leased").on(table.leasedUntil).where(sql`claimed_by is not null`),
    index("runner_jobs_run").on(table.runId),
  ],
);

export const runnerDebounces = pgTable("runner_debounces", {
  key: text("key").primaryKey(),
  functionId: text("function_id").notNull(),
  event: json("event").notNull(),
  startedAt: at("started_at").notNull().defaultNow(),
  dueAt: at("due_at").notNull(),
});

export const runnerIdempotencyKeys = pgTable("runner_idempotency_keys", {
  key: text("key").primaryKey(),
  runId: text("run_id").notNull(),
  expiresAt: at("expires_at").notNull(),
});

export const runnerCronSlots = pgTable(
  "runner_cron_slots",
  {
    functionId: text("function_id").notNull(),
    cron: text("cron").notNull(),
    lastSlot: at("last_slot").notNull(),
  },
  (table) => [primaryKey({ columns: [table.functionId, table.cron] })],
);
