import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  index,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { integrations } from "./integrations";
import type { SourceFault } from "./source-fault";

export type StuckFile = { offset: string; tries: number };

/** Where the reading of HubSpot's webhooks journal goes on: one journal per app, whoever's accounts it tells of. */
export const journalPositions = pgTable("journal_positions", {
  appId: text("app_id").primaryKey(),
  /** The last file that was taken in; null begins with the earliest. */
  offset: text(),
  /** When nothing was left to read. */
  readAt: timestamp("read_at", { withTimezone: true }),
  /** HubSpot does not let this app read the journal. */
  refusedAt: timestamp("refused_at", { withTimezone: true }),
  /** When it was last asked to tell of every account that takes our app out. */
  uninstallsAskedAt: timestamp("uninstalls_asked_at", { withTimezone: true }),
  /** The file after `offset`, while it cannot be read. */
  stuck: jsonb().$type<StuckFile>(),
  /** While reading it fails. */
  fault: jsonb().$type<SourceFault>(),
});

/** What the journal was asked to tell of each account; no properties where HubSpot has granted none yet. */
export const journalSubscriptions = pgTable("journal_subscriptions", {
  accountId: text("account_id").primaryKey(),
  properties: text().array().notNull(),
  subscribedAt: timestamp("subscribed_at", { withTimezone: true }).notNull().defaultNow(),
  /** What HubSpot did not grant of it, and when. */
  refusedProperties: text("refused_properties").array(),
  refusedAt: timestamp("refused_at", { withTimezone: true }),
  /** Privacy deletions are asked for by themselves. */
  privacyAt: timestamp("privacy_at", { withTimezone: true }),
  privacyRefusedAt: timestamp("privacy_refused_at", { withTimezone: true }),
});

/** Changes that another way found before any webhook had told of them: how well those arrive is read from it. */
export const untoldChanges = pgTable(
  "untold_changes",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    way: text().$type<"search" | "journal">().notNull(),
    /** Each integration searches for itself. */
    integrationId: uuid("integration_id").references(() => integrations.id, { onDelete: "cascade" }),
    /** The journal's. */
    accountId: text("account_id"),
    recordId: text("record_id"),
    /** Of the journal: its notice's. */
    dedupeKey: text("dedupe_key").notNull(),
    /** Of the search it counts once a change has come from it: HubSpot also dates contacts anew for what is not mapped. */
    brought: boolean().notNull(),
    occurredAt: timestamp("occurred_at", { withTimezone: true }).notNull(),
    foundAt: timestamp("found_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("untold_changes_once").on(
      t.way,
      sql`coalesce(${t.integrationId}::text, ${t.accountId})`,
      t.dedupeKey,
    ),
    index("untold_changes_integration").on(t.integrationId, t.foundAt).where(sql`integration_id is not null`),
    index("untold_changes_account").on(t.accountId, t.foundAt).where(sql`account_id is not null`),
    index("untold_changes_found").on(t.foundAt),
  ],
);
