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
import type { FieldDefinition } from "@/sync/field-definition";
import type { PauseReason } from "./rates";
import { users, workspaces } from "./workspaces";

/** uninstalled: the journal told so; nothing else tells it from access that was revoked. */
export type BrokenReason = "revoked" | "uninstalled" | "account_gone" | "missing_scopes";

/**
 * HubSpot does not let our app in, for a reason that is not the account's. credentials: it does not know our app by them.
 * token_refused: its API takes no token that its own token service has just renewed; a call that it takes ends that.
 * unknown: it said something that this app does not know. `code` is its word for it; by `reference` HubSpot finds its answer.
 */
export const refreshFaultKinds = ["credentials", "token_refused", "unknown"] as const;
export type RefreshFault = {
  kind: (typeof refreshFaultKinds)[number];
  code: string;
  at: string;
  reference?: string | undefined;
};

/** Credentials and the HubSpot account behind them. */
export const connections = pgTable(
  "connections",
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** HubSpot's hub id (portal id). */
    accountId: text("account_id").notNull(),
    accountName: text("account_name").notNull(),
    connectedBy: text("connected_by"),
    scopes: text().array().notNull(),
    /** Sealed with `lib/seal.ts`: key version and AES-256-GCM. */
    accessToken: text("access_token").notNull(),
    refreshToken: text("refresh_token").notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    /** Raised by every refresh: compare and set, so that two processes never both store one. */
    tokenVersion: integer("token_version").notNull().default(1),
    /** One process refreshes at a time; this is until when it may take. */
    refreshingUntil: timestamp("refreshing_until", { withTimezone: true }),
    brokenReason: text("broken_reason").$type<BrokenReason>(),
    /** When the journal told that our app was uninstalled, until HubSpot's token service has said whether it is so still. */
    uninstallToldAt: timestamp("uninstall_told_at", { withTimezone: true }),
    /** After a refresh that failed, HubSpot's token service is not asked again before. */
    refreshAgainAt: timestamp("refresh_again_at", { withTimezone: true }),
    /** Why not, where it asked for a pause itself. */
    refreshPause: text("refresh_pause").$type<PauseReason>(),
    /** Since the last one that worked. */
    refreshFailures: integer("refresh_failures").notNull().default(0),
    /** When a refusal last had `scopes` read again. */
    scopesReadAt: timestamp("scopes_read_at", { withTimezone: true }),
    /** Until a refresh works again; the connection lives on. */
    refreshFault: jsonb("refresh_fault").$type<RefreshFault>(),
    /** The account's, once HubSpot has told it: its days end by it. */
    timeZone: text("time_zone"),
    propertiesRefreshedAt: timestamp("properties_refreshed_at", { withTimezone: true }),
    /** When a doubt last had the definitions read again, well or not. */
    propertiesDoubtedAt: timestamp("properties_doubted_at", { withTimezone: true }),
    /** When HubSpot last gave cause for a doubt that no reading has answered yet. */
    openDoubtAt: timestamp("open_doubt_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    disconnectedAt: timestamp("disconnected_at", { withTimezone: true }),
  },
  (t) => [
    uniqueIndex("connections_account").on(t.workspaceId, t.accountId).where(sql`disconnected_at is null`),
    index("connections_by_account").on(t.accountId),
  ],
);

/** One try to connect: bound to the person's session, used at most once. */
export const oauthStates = pgTable("oauth_states", {
  stateHash: text("state_hash").primaryKey(),
  workspaceId: uuid("workspace_id")
    .notNull()
    .references(() => workspaces.id, { onDelete: "cascade" }),
  userId: uuid("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  /** Set when an existing integration is being reconnected. */
  integrationId: uuid("integration_id"),
  expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
});

/** Who uses the account, by the ids that HubSpot's property histories tell; read with its properties. */
export const hubspotUsers = pgTable(
  "hubspot_users",
  {
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    userId: text("user_id").notNull(),
    name: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.userId] })],
);

/** The account's contact properties as last read. */
export const hubspotProperties = pgTable(
  "hubspot_properties",
  {
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    name: text().notNull(),
    definition: jsonb().$type<FieldDefinition>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.name] })],
);
