import { sql } from "drizzle-orm";
import {
  bigserial,
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
import type { OwnWrite } from "@/sync/overwritten";
import type { Declined, ExtraKind, Refused } from "@/sync/record-plan";
import type { Both, Side } from "@/sync/side";
import type { Turns } from "@/sync/turns";
import type { Value } from "@/sync/value";
import { integrations } from "./integrations";
import { prospects } from "./prospects";
import { tsvector } from "./tsvector";
import { workspaces } from "./workspaces";

/** Field mapping id → the value both sides last agreed on; a missing key means they never did. */
export type Base = Record<string, Value>;

/** The pairing of a prospect with a contact. The database allows one per prospect and one per contact. */
export const recordLinks = pgTable(
  "record_links",
  {
    id: uuid().primaryKey().defaultRandom(),
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    prospectId: uuid("prospect_id")
      .notNull()
      .references(() => prospects.id, { onDelete: "cascade" }),
    contactId: text("contact_id").notNull(),
    base: jsonb().$type<Base>().notNull().default({}),
    /** The first sync towards that side has happened: its first status is given no more. */
    firstSyncedToHubspot: boolean("first_synced_to_hubspot").notNull().default(false),
    firstSyncedToSnov: boolean("first_synced_to_snov").notNull().default(false),
    /** What could not go along with a sync to HubSpot, because its property was not there, or HubSpot refused it. */
    owed: text().array().$type<ExtraKind[]>().notNull().default(sql`'{}'::text[]`),
    /** Which records were in their scope when the pair was last looked at. */
    snovInScope: boolean("snov_in_scope").notNull().default(true),
    hubspotInScope: boolean("hubspot_in_scope").notNull().default(true),
    /** Both records were removed; one that is there again was restored by a person. */
    bothRemoved: boolean("both_removed").notNull().default(false),
    /** What a person told us to leave alone. */
    declined: jsonb().$type<Declined>().notNull().default({ removal: false, values: {} }),
    /** What HubSpot refused, and why: the same is not sent again. */
    refused: jsonb().$type<Refused>().notNull().default({}),
    turns: jsonb().$type<Turns>().notNull().default({}),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("record_links_prospect").on(t.integrationId, t.prospectId),
    uniqueIndex("record_links_contact").on(t.integrationId, t.contactId),
    index("record_links_by_prospect").on(t.prospectId),
    index("record_links_refused").on(t.integrationId).where(sql`${t.refused} <> '{}'`),
  ],
);

export type RecordStatus = "in_sync" | "failing" | "in_conflict" | "excluded";

/** What became of a record. A linked pair has one row, on the Snov.io side. */
export const recordStatuses = pgTable(
  "record_statuses",
  {
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    side: text().$type<Side>().notNull(),
    recordId: text("record_id").notNull(),
    status: text().$type<RecordStatus>().notNull(),
    /** A key of the texts under `recordReason`. */
    reason: text(),
    /** What the reason's sentence names: a field, the vendor's words. */
    detail: jsonb().$type<Record<string, string>>().notNull().default({}),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /**
     * When both sides were last compared, by the line or by a comparison, and nothing was left to sync; kept when they part.
     * They were equal then where it is still in sync and has no reason.
     */
    verifiedAt: timestamp("verified_at", { withTimezone: true }),
    /** The contact when it was last looked at; null where there is none, or its person asked to be forgotten. */
    contactName: text("contact_name"),
    contactEmail: text("contact_email"),
    /** Of contacts without a prospect, with the integration before each word; `prospect_query` asks it. */
    contactWords: tsvector("contact_words").generatedAlwaysAs(
      sql`case when side = 'hubspot' then prospect_words(integration_id, coalesce(left(contact_name, 200), '') || ' ' || coalesce(left(contact_email, 300), '')) end`,
    ),
  },
  (t) => [
    primaryKey({ columns: [t.integrationId, t.side, t.recordId] }),
    index("record_statuses_status").on(t.integrationId, t.status, t.at, t.side, t.recordId),
    index("record_statuses_reason")
      .on(t.integrationId, t.status, t.reason, t.at, t.side, t.recordId)
      .where(sql`reason is not null`),
    index("record_statuses_contact").using("gin", t.contactWords).where(sql`contact_words is not null`),
  ],
);

/** "Look at this record": one row per record. A page removes it only if its generation has not moved. */
export const pendingRecords = pgTable(
  "pending_records",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    side: text().$type<Side>().notNull(),
    recordId: text("record_id").notNull(),
    generation: integer().notNull().default(1),
    /** When it was first noticed since it was last looked at. */
    noticedAt: timestamp("noticed_at", { withTimezone: true }).notNull().defaultNow(),
    latestNoticeAt: timestamp("latest_notice_at", { withTimezone: true }).notNull().defaultNow(),
    dueAt: timestamp("due_at", { withTimezone: true }).notNull().defaultNow(),
    /** Nothing but our own writes coming back was noticed: whatever people did goes first. */
    echo: boolean().notNull().default(false),
    leasedUntil: timestamp("leased_until", { withTimezone: true }),
    lease: uuid(),
    attempts: integer().notNull().default(0),
  },
  (t) => [
    uniqueIndex("pending_records_record").on(t.integrationId, t.side, t.recordId),
    index("pending_records_turn").on(t.integrationId, t.echo, t.dueAt),
    index("pending_records_lease").on(t.lease).where(sql`lease is not null`),
  ],
);

/** The contact's own time of change when it was last looked at, so that polling notices it once. */
export const seenContacts = pgTable(
  "seen_contacts",
  {
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    contactId: text("contact_id").notNull(),
    contactUpdatedAt: timestamp("contact_updated_at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.integrationId, t.contactId] })],
);

/**
 * Field mapping id → shared values that were sent to HubSpot since the last commit, oldest first. `told`: an activity
 * tells of it already. `run`: the transfer, or the undo, that sent it. `by`: who had chosen it. `theirs`: a person's value that was put back, and
 * no change of ours.
 */
export type SentValues = Record<
  string,
  (OwnWrite & { told?: boolean; run?: SendingRun; by?: ActivityCause; theirs?: boolean })[]
>;
/** `undoneBy`: who undoes something by it; null where it is a transfer. */
export type SendingRun = { id: string; undoneBy: ActivityCause | null };

/**
 * What a page is about to write to HubSpot, noted before it is sent and removed by the commit. After a crash in
 * between it tells our own write from a person's change.
 */
export const unconfirmedWrites = pgTable(
  "unconfirmed_writes",
  {
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    prospectId: uuid("prospect_id")
      .notNull()
      .references(() => prospects.id, { onDelete: "cascade" }),
    sent: jsonb().$type<SentValues>().notNull(),
    /** The contact was about to be archived. */
    removal: boolean().notNull().default(false),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.integrationId, t.prospectId] })],
);

/** What HubSpot told us, kept as proof; the work itself is the pending row written with it. */
export const changeNotices = pgTable(
  "change_notices",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    /** Account, kind, record, property, time and HubSpot's event id. */
    dedupeKey: text("dedupe_key").notNull().unique(),
    accountId: text("account_id").notNull(),
    kind: text().notNull(),
    recordId: text("record_id"),
    occurredAt: timestamp("occurred_at", { withTimezone: true }).notNull(),
    receivedAt: timestamp("received_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index("change_notices_received").on(t.receivedAt),
    index("change_notices_account").on(t.accountId, t.receivedAt, t.id),
  ],
);

export type ActivityCause =
  /** `conflictId`: the conflict that the person settled by it. `takesBack`: they took back how it had been settled. */
  | { kind: "member"; userId: string; name: string; conflictId?: string; takesBack?: true }
  | { kind: "sync"; from: Side }
  /** The person who undid a transfer, or else what `of` says. */
  | { kind: "undo"; userId: string | null; name: string; of?: "change" | "day" | "rule" }
  | { kind: "system" };
/**
 * `why`: a policy, a one-way direction or a person's choice replaced what a person had written. `pairs`: the fields that a
 * setting is about, for their labels change.
 */
export type FieldDelta = {
  field: string;
  label: string;
  before: Value;
  after: Value;
  why?: "policy" | "source" | "resolution";
  pairs?: Both<string>[];
};

/** Field, as Snov.io calls it → who had given HubSpot the value that came from there. `source` is HubSpot's word, `userId` its own. */
export type StoredGivers = Record<string, { at: string; source: string; userId?: string }>;

/** Every change, before and after. Append only: what is learnt of it later is who gave HubSpot its values. */
export const activities = pgTable(
  "activities",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    integrationId: uuid("integration_id"),
    prospectId: uuid("prospect_id"),
    contactId: text("contact_id"),
    /** The side that was written; null for settings and other acts. */
    side: text().$type<Side>(),
    /** `prospect/edited`, `contact/created`, `integration/launched`, ... */
    kind: text().notNull(),
    recordName: text("record_name"),
    changes: jsonb().$type<FieldDelta[]>().notNull().default([]),
    cause: jsonb().$type<ActivityCause>().notNull(),
    /** Of what came from HubSpot; null until HubSpot's history has been asked. */
    givers: jsonb().$type<StoredGivers>(),
    /** The transfer that did it. */
    runId: uuid("run_id"),
    /** Milliseconds from first notice to this write, for changes that travelled. */
    latencyMs: integer("latency_ms"),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index("activities_time").on(t.workspaceId, t.at, t.id),
    index("activities_person")
      .on(t.workspaceId, sql`(cause ->> 'userId')`, t.at, t.id)
      .where(sql`cause ->> 'userId' is not null`),
    index("activities_integration").on(t.integrationId, t.id),
    index("activities_settings").on(t.integrationId, t.id).where(sql`kind = 'integration/changed'`),
    index("activities_ruled").on(t.integrationId, t.at).where(sql`changes @> '[{"why": "policy"}]'`),
    index("activities_prospect").on(t.prospectId, t.id),
    index("activities_contact").on(t.integrationId, t.contactId).where(sql`contact_id is not null`),
    index("activities_ungiven")
      .on(t.integrationId, t.id)
      .where(sql`givers is null and kind = 'prospect/edited' and cause ->> 'kind' = 'sync'`),
    index("activities_run").on(t.runId, t.prospectId, t.id).where(sql`run_id is not null`),
    index("activities_run_time").on(t.runId, t.at, t.id).where(sql`run_id is not null`),
  ],
);
