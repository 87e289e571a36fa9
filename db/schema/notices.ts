import { sql } from "drizzle-orm";
import {
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
import type { NoticeKind } from "@/lib/notice-kinds";
import type { FuseKind } from "@/sync/fuses";
import type { BrokenReason, RefreshFault } from "./connections";
import { integrations } from "./integrations";
import { runs } from "./runs";
import { users, workspaces } from "./workspaces";

/** What the sentence names besides the account: no record of anybody, only reasons and counts. */
export type NoticeParams = {
  reason?: BrokenReason | RefreshFault["kind"];
  fuse?: FuseKind;
  planned?: number;
  /** Mappings that stopped, records that fail, conflicts that wait, or records that a transfer reached. */
  count?: number;
  /** The ids of those that stopped. */
  mappings?: string[];
  failing?: number;
  isUndo?: boolean;
};

/** What the members of a workspace are told. A condition that lasts is one row, until it is over. */
export const notices = pgTable(
  "notices",
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    /** The transfer it is about. */
    runId: uuid("run_id").references(() => runs.id, { onDelete: "cascade" }),
    kind: text().$type<NoticeKind>().notNull(),
    params: jsonb().$type<NoticeParams>().notNull().default({}),
    raisedAt: timestamp("raised_at", { withTimezone: true }).notNull().defaultNow(),
    /** When it was raised, or what it counts last grew: a daily e-mail tells it again. */
    newsAt: timestamp("news_at", { withTimezone: true }).notNull().defaultNow(),
    /** When whoever wants to know at once was last told by e-mail, and the fewest that it has counted since. */
    toldAt: timestamp("told_at", { withTimezone: true }).notNull().defaultNow(),
    toldCount: integer("told_count"),
    endedAt: timestamp("ended_at", { withTimezone: true }),
  },
  (t) => [
    uniqueIndex("notices_open")
      .on(t.integrationId, t.kind, sql`coalesce(${t.runId}::text, '')`)
      .where(sql`ended_at is null`),
    index("notices_workspace").on(t.workspaceId, t.newsAt, t.id),
    index("notices_run").on(t.runId).where(sql`run_id is not null`),
  ],
);

export const noticeReads = pgTable(
  "notice_reads",
  {
    noticeId: uuid("notice_id")
      .notNull()
      .references(() => notices.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.noticeId] }), index("notice_reads_notice").on(t.noticeId)],
);
