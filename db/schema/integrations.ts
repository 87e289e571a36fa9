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
import type { Direction } from "@/sync/direction";
import type { FieldDefinition } from "@/sync/field-definition";
import type { FuseAnswer } from "@/sync/fuse-answers";
import type { BlownFuse, FuseSettings } from "@/sync/fuses";
import type { Policy } from "@/sync/policy";
import type { RemovalRule } from "@/sync/removal";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { prospectLists } from "./prospects";
import type { SourceFault } from "./source-fault";
import { users, workspaces } from "./workspaces";

/** uninstalled: the journal told so; nothing else tells it from access that was revoked. */
export type BrokenReason = "revoked" | "uninstalled" | "account_gone" | "missing_scopes";

/**
 * HubSpot does not let our app in, for a reason that is not the account's. credentials: it does not know our app by them.
 * token_refused: its API takes no token that its own token service has just renewed; a call that it takes ends that.
 * unknown: it said something that this app does not know. `code` is its word for it.
 */
export const refreshFaultKinds = ["credentials", "token_refused", "unknown"] as const;
export type RefreshFault = { kind: (typeof refreshFaultKinds)[number]; code: string; at: string };

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
    /** Since the last one that worked. */
    refreshFailures: integer("refresh_failures").notNull().default(0),
    /** When a refusal last had `scopes` read again. */
    scopesReadAt: timestamp("scopes_read_at", { withTimezone: true }),
    /** Until a refresh works again; the connection lives on. */
    refreshFault: jsonb("refresh_fault").$type<RefreshFault>(),
    /** The account's, once HubSpot has told it: its days end by it. */
    timeZone: text("time_zone"),
    propertiesRefreshedAt: timestamp("properties_refreshed_at", { withTimezone: true }),
    /** When a refusal last had the definitions read again, well or not. */
    /** When they were last read again because of a doubt: not more than once a minute. */
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

export type IntegrationState = "draft" | "active" | "paused" | "broken";
export type Scope = { kind: "all" } | { kind: "lists"; ids: string[] };
export type ConstantField = { field: string; value: Value };
export type StatusProperty = "hs_lead_status" | "lifecyclestage";
/** A search for what changed from then until then, and up to which contact all of it is marked. */
export type PollWindow = { from: string; until: string; afterId: string };

export const integrations = pgTable(
  "integrations",
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connections.id),
    state: text().$type<IntegrationState>().notNull().default("draft"),
    /** What to return to when a broken connection is mended. */
    stateBeforeBroken: text("state_before_broken").$type<"active" | "paused" | "draft">(),
    syncType: text("sync_type").$type<Direction>().notNull().default("both"),
    receivingListId: uuid("receiving_list_id").references(() => prospectLists.id),
    statusProperty: text("status_property").$type<StatusProperty>(),
    statusValue: text("status_value"),
    outgoingScope: jsonb("outgoing_scope").$type<Scope>().notNull().default({ kind: "all" }),
    incomingScope: jsonb("incoming_scope").$type<Scope>().notNull().default({ kind: "all" }),
    constantToHubspot: jsonb("constant_to_hubspot").$type<ConstantField>(),
    /** Why HubSpot's property takes neither the constant nor the first status now. */
    constantStopped: text("constant_stopped").$type<StoppedReason>(),
    statusStopped: text("status_stopped").$type<StoppedReason>(),
    /** What people knew their properties by, which may be gone. */
    stoppedLabels: jsonb("stopped_labels").$type<Record<string, string>>().notNull().default({}),
    constantToSnov: jsonb("constant_to_snov").$type<ConstantField>(),
    /** What settles a field that both sides changed, where its mapping says nothing else. */
    policy: text().$type<Policy>().notNull().default("ask"),
    removals: text().$type<RemovalRule>().notNull().default("propagate"),
    /** Limits that differ from `defaultFuses`. */
    fuses: jsonb().$type<Partial<FuseSettings>>().notNull().default({}),
    /** The fuse that stopped this integration, until somebody answers. */
    fuseStop: jsonb("fuse_stop").$type<FuseStop>(),
    /** Answers, oldest first, while records wait that they are about. */
    fuseAnswers: jsonb("fuse_answers").$type<FuseAnswer[]>().notNull().default([]),
    /** The furthest wizard step that was saved; see `lib/wizard-flow.ts`. */
    wizardStep: text("wizard_step").notNull().default("direction"),
    launchedAt: timestamp("launched_at", { withTimezone: true }),
    /** Where linking of records that are already alike goes on; see `existingLinkedAt`. */
    linkCursor: text("link_cursor"),
    existingLinkedAt: timestamp("existing_linked_at", { withTimezone: true }),
    /** Window end of the last search poll; the next one starts before it. */
    polledUntil: timestamp("polled_until", { withTimezone: true }),
    /** The search that has not come to its end; the next poll goes on there. */
    pollWindow: jsonb("poll_window").$type<PollWindow>(),
    /** Where the reading of HubSpot's recycle bin goes on; null begins anew. */
    binPlace: text("bin_place"),
    /** While the poll fails. */
    pollFault: jsonb("poll_fault").$type<SourceFault>(),
    /** HubSpot list id → the page of its memberships, in the order of joining, that was the last one. */
    listCursors: jsonb("list_cursors").$type<Record<string, string>>().notNull().default({}),
    /** Chosen HubSpot lists that HubSpot did not know when it was last asked. */
    goneLists: text("gone_lists").array().notNull().default(sql`'{}'::text[]`),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
    /** Disconnected: stopped, with its settings and links kept for the same account's return. */
    disconnectedAt: timestamp("disconnected_at", { withTimezone: true }),
  },
  (t) => [
    index("integrations_workspace").on(t.workspaceId),
    uniqueIndex("integrations_connection").on(t.connectionId).where(sql`disconnected_at is null`),
  ],
);

/** One of the changes that were about to be written. */
export type FuseSample = {
  /** Whom it is about, so that it can be forgotten with them. */
  prospectId: string | null;
  contactId: string | null;
  recordName: string;
  side: Side;
  field: string | null;
  before: Value;
  after: Value;
};
export type FuseStop = BlownFuse & {
  at: string;
  /** The window then. */
  windowMinutes: number;
  /** Where it would have been written. */
  sides: Side[];
  samples: FuseSample[];
  /** Records that wait behind it, those of the page included. */
  waiting: number;
};
export type StoppedReason =
  | "snov_field_deleted"
  | "hubspot_property_gone"
  | "hubspot_property_sensitive"
  | "hubspot_property_read_only"
  | "hubspot_property_type_changed";

/** A pair of fields with a direction. Full name is stored as its two halves. */
export const fieldMappings = pgTable(
  "field_mappings",
  {
    id: uuid().primaryKey().defaultRandom(),
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    snovField: text("snov_field").notNull(),
    hubspotProperty: text("hubspot_property").notNull(),
    direction: text().$type<Direction>().notNull().default("both"),
    locked: boolean().notNull().default(false),
    /** Null follows the integration's. */
    policy: text().$type<Policy>(),
    /** Snov.io option value → HubSpot option value, for choices. */
    valueMap: jsonb("value_map").$type<Record<string, string>>().notNull().default({}),
    position: integer().notNull().default(0),
    stoppedReason: text("stopped_reason").$type<StoppedReason>(),
    /** The property's label when the mapping stopped: HubSpot may tell of it no more. */
    stoppedLabel: text("stopped_label"),
  },
  (t) => [
    uniqueIndex("field_mappings_snov").on(t.integrationId, t.snovField),
    uniqueIndex("field_mappings_hubspot").on(t.integrationId, t.hubspotProperty),
  ],
);

/** The account's contact properties as last read. */
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
