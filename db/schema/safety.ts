import { integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { integrations } from "./integrations";
import { workspaces } from "./workspaces";

/** Salted hashes of addresses whose owners asked to be erased: all that is remembered of them. */
export const erasedAddresses = pgTable(
  "erased_addresses",
  {
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    hash: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.hash] })],
);

/** Contacts of which HubSpot said that they were deleted for privacy. */
export const erasedContacts = pgTable(
  "erased_contacts",
  {
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    contactId: text("contact_id").notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.integrationId, t.contactId] })],
);

/** What an integration took away, by the minute: the fuses' window. */
export const harmCounts = pgTable(
  "harm_counts",
  {
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    minute: timestamp({ withTimezone: true }).notNull(),
    removals: integer().notNull().default(0),
    blankings: integer().notNull().default(0),
    overwrites: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.integrationId, t.minute] })],
);
