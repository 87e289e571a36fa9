import { index, integer, pgTable, primaryKey, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Side } from "@/sync/side";
import { integrations } from "./integrations";
import type { CallKind } from "./rates";

/** Sums by the hour, in UTC, for the charts: small however much happens, and kept for 90 days. */
const ofIntegration = () =>
  uuid("integration_id")
    .notNull()
    .references(() => integrations.id, { onDelete: "cascade" });
const hour = () => timestamp({ withTimezone: true }).notNull();

/** Changes that were written to a side, as the activities tell of them. */
export const hourlyChanges = pgTable(
  "hourly_changes",
  {
    integrationId: ofIntegration(),
    hour: hour(),
    side: text().$type<Side>().notNull(),
    changes: integer().notNull().default(0),
    /** How many of them a transfer wrote. */
    transferred: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.integrationId, t.hour, t.side] }),
    index("hourly_changes_hour").on(t.hour),
  ],
);

/** How long changes took from their notice to the commit, as counts by `latencyBucket`. */
export const hourlyLatencies = pgTable(
  "hourly_latencies",
  {
    integrationId: ofIntegration(),
    hour: hour(),
    bucket: smallint().notNull(),
    changes: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.integrationId, t.hour, t.bucket] }),
    index("hourly_latencies_hour").on(t.hour),
  ],
);

/** How many records stood how, as the first look of an hour found them. */
export const hourlyStatuses = pgTable(
  "hourly_statuses",
  {
    integrationId: ofIntegration(),
    hour: hour(),
    inSync: integer("in_sync").notNull(),
    waiting: integer().notNull(),
    failing: integer().notNull(),
    inConflict: integer("in_conflict").notNull(),
    excluded: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.integrationId, t.hour] }), index("hourly_statuses_hour").on(t.hour)],
);

/** Calls that HubSpot answered, of all workspaces with the account. */
export const hourlyCalls = pgTable(
  "hourly_calls",
  {
    /** As in `rate_budgets`. */
    account: text().notNull(),
    kind: text().$type<CallKind>().notNull(),
    hour: hour(),
    calls: integer().notNull().default(0),
    /** The most that counted under the limit at once, and what was allowed then. */
    peak: integer().notNull().default(0),
    allowed: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.kind, t.hour] }), index("hourly_calls_hour").on(t.hour)],
);
