import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Absence } from "@/sync/removal";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { fieldMappings, integrations } from "./integrations";
import { recordLinks } from "./sync";

export type ConflictKind = "value" | "removed_and_edited" | "same_address" | "merged";

/** What the kinds about records, and not about one field's values, have to say. */
export type ConflictDetail = {
  /** The record's name when it was last looked at. */
  recordName?: string;
  /** The side on which it was removed, how, and the mappings that were edited on the other side. */
  removedOn?: Side;
  absence?: Absence;
  mappingIds?: string[];
  /** Match keys over which two records meet. */
  addresses?: string[];
  /** The contact that was merged into the other record's. */
  mergedContactId?: string;
};

/** Something only a person can decide; everything else of the record keeps syncing where it can. */
export const conflicts = pgTable(
  "conflicts",
  {
    id: uuid().primaryKey().defaultRandom(),
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    kind: text().$type<ConflictKind>().notNull().default("value"),
    /** The record it is about; the prospect where there is a pair. */
    side: text().$type<Side>().notNull(),
    recordId: text("record_id").notNull(),
    linkId: uuid("link_id").references(() => recordLinks.id, { onDelete: "cascade" }),
    /** Null where it is about the records themselves. */
    mappingId: uuid("mapping_id").references(() => fieldMappings.id, { onDelete: "cascade" }),
    /** The record that stands against it, where there is one. */
    otherSide: text("other_side").$type<Side>(),
    otherId: text("other_id"),
    detail: jsonb().$type<ConflictDetail>().notNull().default({}),
    /** Null also where the sides never agreed. */
    baseValue: jsonb("base_value").$type<Value>(),
    snovValue: jsonb("snov_value").$type<Value>(),
    hubspotValue: jsonb("hubspot_value").$type<Value>(),
    openedAt: timestamp("opened_at", { withTimezone: true }).notNull().defaultNow(),
    closedAt: timestamp("closed_at", { withTimezone: true }),
  },
  (t) => [
    uniqueIndex("conflicts_open")
      .on(t.integrationId, t.side, t.recordId, t.kind, sql`coalesce(${t.mappingId}::text, '')`)
      .where(sql`closed_at is null`),
    index("conflicts_queue").on(t.integrationId, t.openedAt).where(sql`closed_at is null`),
    index("conflicts_other").on(t.integrationId, t.otherId).where(sql`closed_at is null`),
    index("conflicts_link").on(t.linkId),
  ],
);
