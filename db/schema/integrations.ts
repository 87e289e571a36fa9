import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Direction } from "@/sync/direction";
import type { FuseAnswer } from "@/sync/fuse-answers";
import type { BlownFuse, FuseSettings } from "@/sync/fuses";
import type { Policy } from "@/sync/policy";
import type { RemovalRule } from "@/sync/removal";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { connections } from "./connections";
import { prospectLists } from "./prospects";
import type { SourceFault } from "./source-fault";
import { workspaces } from "./workspaces";

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
    /** Contacts carry their prospect's id in the property `contactMark`, which then tells whose they are. */
    marksContacts: boolean("marks_contacts").notNull().default(false),
    /** Why that property cannot be used now. */
    markStopped: text("mark_stopped").$type<StoppedReason>(),
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
    /** When its account was last connected again: what was removed meanwhile only a comparison from then on finds. */
    returnedAt: timestamp("returned_at", { withTimezone: true }),
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
  | "hubspot_property_type_changed"
  | "hubspot_property_not_unique";

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
