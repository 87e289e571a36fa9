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
import type { FieldType, Value } from "@/sync/value";
import { tsvector } from "./tsvector";
import { users, workspaces } from "./workspaces";

/** When a field last changed and by whom: a member's id, or the integration that wrote it. */
export type FieldChange = { at: string; by: { kind: "member" | "integration" | "sample"; id: string } };

export const prospectLists = pgTable(
  "prospect_lists",
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    deletedAt: timestamp("deleted_at", { withTimezone: true }),
  },
  (t) => [
    uniqueIndex("prospect_lists_name")
      .on(t.workspaceId, sql`lower(${t.name})`)
      .where(sql`deleted_at is null`),
  ],
);

export const prospects = pgTable(
  "prospects",
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    firstName: text("first_name"),
    lastName: text("last_name"),
    jobTitle: text("job_title"),
    company: text(),
    website: text(),
    country: text(),
    city: text(),
    industry: text(),
    linkedinUrl: text("linkedin_url"),
    /** The first one is the one that is mapped. */
    phones: text().array().notNull().default(sql`'{}'::text[]`),
    /** Custom field id → value. */
    custom: jsonb().$type<Record<string, Value>>().notNull().default({}),
    fieldChanges: jsonb("field_changes").$type<Record<string, FieldChange>>().notNull().default({}),
    /** Raised by every write; a writer that read an older one must read again. */
    version: integer().notNull().default(1),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
    deletedAt: timestamp("deleted_at", { withTimezone: true }),
    deletedBy: uuid("deleted_by").references(() => users.id, { onDelete: "set null" }),
    /** Its addresses, kept by a trigger on `prospect_emails`, so that one index serves the search. */
    emailWords: text("email_words").notNull().default(""),
    /** Words without accents, each with the workspace before it; `prospect_query` asks it. */
    searchWords: tsvector("search_words").generatedAlwaysAs(
      sql`prospect_words(workspace_id, coalesce(left(first_name, 100), '') || ' ' || coalesce(left(last_name, 100), '') || ' ' || coalesce(left(company, 100), '') || ' ' || left(email_words, 300))`,
    ),
    sortName: text("sort_name").generatedAlwaysAs(
      sql`left(fold_text(coalesce(nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email_words)), 200)`,
    ),
  },
  (t) => [
    index("prospects_newest").on(t.workspaceId, t.createdAt, t.id).where(sql`deleted_at is null`),
    index("prospects_updated").on(t.workspaceId, t.updatedAt, t.id).where(sql`deleted_at is null`),
    index("prospects_name").on(t.workspaceId, t.sortName, t.id).where(sql`deleted_at is null`),
    index("prospects_search").using("gin", t.searchWords).where(sql`deleted_at is null`),
    index("prospects_trash").on(t.workspaceId, t.deletedAt, t.id).where(sql`deleted_at is not null`),
  ],
);

/** A live address belongs to one prospect of its workspace; those in the trash give theirs up. */
export const prospectEmails = pgTable(
  "prospect_emails",
  {
    prospectId: uuid("prospect_id")
      .notNull()
      .references(() => prospects.id, { onDelete: "cascade" }),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    email: text().notNull(),
    /** Match key: trimmed and lower case. */
    matchKey: text("match_key").notNull(),
    isPrimary: boolean("is_primary").notNull(),
    position: integer().notNull().default(0),
    /** False while its prospect is in the trash. */
    live: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.prospectId, t.matchKey] }),
    uniqueIndex("prospect_emails_live").on(t.workspaceId, t.matchKey).where(sql`live`),
    uniqueIndex("prospect_emails_primary").on(t.prospectId).where(sql`is_primary`),
  ],
);

export const listMembers = pgTable(
  "list_members",
  {
    listId: uuid("list_id")
      .notNull()
      .references(() => prospectLists.id, { onDelete: "cascade" }),
    prospectId: uuid("prospect_id")
      .notNull()
      .references(() => prospects.id, { onDelete: "cascade" }),
    addedAt: timestamp("added_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.listId, t.prospectId] }), index("list_members_prospect").on(t.prospectId)],
);

export type ChoiceOption = { value: string; label: string };

export const customFields = pgTable(
  "custom_fields",
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text().notNull(),
    type: text().$type<FieldType>().notNull(),
    options: jsonb().$type<ChoiceOption[]>().notNull().default([]),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    deletedAt: timestamp("deleted_at", { withTimezone: true }),
  },
  (t) => [
    uniqueIndex("custom_fields_name").on(t.workspaceId, sql`lower(${t.name})`).where(sql`deleted_at is null`),
  ],
);
