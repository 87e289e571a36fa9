import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { MailTime, NoticeKind } from "@/lib/notice-kinds";
import { users } from "./workspaces";

/** When a person wants an e-mail, where that is not `defaultMail`. */
export const noticePreferences = pgTable(
  "notice_preferences",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text().$type<NoticeKind>().notNull(),
    mail: text().$type<MailTime>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.kind] })],
);

/**
 * waiting: to be sent, perhaps again. refused: the recipient is not taken, or the server was out of reach for too long.
 * dropped: by the time it could be sent there was nothing left to say, or nobody to say it to.
 */
export type MailState = "waiting" | "sent" | "refused" | "dropped";
export type MailKind = "notice" | "digest";

/** What is to be sent by e-mail. The words are found when it is sent: nothing that is over is told as news. */
export const mails = pgTable(
  "mails",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** What makes it this mail: the notice, the person and the time where it is told again, or the person and the day. */
    key: text().notNull().unique(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text().$type<MailKind>().notNull(),
    noticeIds: uuid("notice_ids").array().notNull(),
    state: text().$type<MailState>().notNull().default("waiting"),
    attempts: integer().notNull().default(0),
    /** While somebody sends it: when another may. */
    dueAt: timestamp("due_at", { withTimezone: true }).notNull().defaultNow(),
    lease: uuid(),
    lastError: text("last_error"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    settledAt: timestamp("settled_at", { withTimezone: true }),
  },
  (t) => [
    index("mails_due").on(t.dueAt).where(sql`state = 'waiting'`),
    index("mails_settled").on(t.settledAt).where(sql`state <> 'waiting'`),
    index("mails_user").on(t.userId),
  ],
);
