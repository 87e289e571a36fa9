import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

export const roles = ["owner", "admin", "member"] as const;
export type Role = (typeof roles)[number];

export const users = pgTable(
  "users",
  {
    id: uuid().primaryKey().defaultRandom(),
    email: text().notNull(),
    name: text().notNull(),
    /** scrypt with its parameters; null for people who only sign in through OIDC. */
    passwordHash: text("password_hash"),
    /** `issuer|subject` of the single sign-on provider. */
    oidcSubject: text("oidc_subject").unique(),
    /** Raised to end every session of this person. */
    sessionVersion: integer("session_version").notNull().default(1),
    locale: text().$type<"en" | "pt-BR">(),
    /** What was news until then is in a daily e-mail, or was none. */
    digestedUntil: timestamp("digested_until", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [uniqueIndex("users_email_key").on(sql`lower(${t.email})`)],
);

export const workspaces = pgTable("workspaces", {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  /** Mixed into the hashes of erased addresses, so that they cannot be compared with another workspace's. */
  erasureSalt: uuid("erasure_salt").notNull().defaultRandom(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

export const members = pgTable(
  "members",
  {
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text().$type<Role>().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index("members_user").on(t.userId)],
);

/** A link that lets one person join a workspace; only the token's hash is kept. */
export const invitations = pgTable(
  "invitations",
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    email: text().notNull(),
    role: text().$type<Role>().notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    acceptedAt: timestamp("accepted_at", { withTimezone: true }),
  },
  (t) => [index("invitations_workspace").on(t.workspaceId)],
);

/** Failed sign-ins, kept for the rate limit; the subject is a keyed hash, never the address itself. */
export const signInFailures = pgTable(
  "sign_in_failures",
  {
    subject: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index("sign_in_failures_subject").on(t.subject, t.at)],
);
