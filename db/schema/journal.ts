import { jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
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
