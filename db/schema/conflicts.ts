import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Absence } from "@/sync/removal";
import type { FieldChoice, FieldResolution, RemovalResolution, StopReason } from "@/sync/resolution";
import type { Both, Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { fieldMappings, integrations } from "./integrations";
import type { FieldChange } from "./prospects";
import { recordLinks } from "./sync";
import { users } from "./workspaces";
import { xid8 } from "./xid8";

export type ConflictKind = "value" | "removed_and_edited" | "same_address" | "merged";

/** What the kinds about records, and not about one field's values, have to say. */
export type ConflictDetail = {
  /** The record's name when it was last looked at. */
  recordName?: string;
  /** The side on which it was removed, how, and the mappings that were edited on the other side. */
  removedOn?: Side;
  absence?: Absence;
  mappingIds?: string[];
  /** What the edited side has in the fields of these mappings. */
  edited?: Record<string, Value>;
  /** Match keys over which two records meet. */
  addresses?: string[];
  /** What HubSpot said against the last choice. */
  said?: string;
  /** The contact that was merged into the other record's. */
  mergedContactId?: string;
  /** Of two that are kept apart: the record was gone when it was last looked at, and the other one was told. */
  gone?: true;
  /** What its mapping was between, once that is gone. */
  fields?: Both<string>;
};

/** What a person decides: about one field, about a removal, or about two records that share an address. */
export type ConflictChoice =
  | FieldChoice
  | { kind: "remove" }
  | { kind: "bring_back" }
  /** Make the two records a pair. */
  | { kind: "link" }
  /** Leave the record out as long as the two share these addresses. */
  | { kind: "apart" };

/** A choice with what the person saw. Carried out by the record's next page. */
export type StoredResolution = {
  choice: ConflictChoice;
  seen?: FieldResolution["seen"];
  edited?: RemovalResolution["seen"];
  /** When and by whom the prospect's value was given that was seen. */
  changedInSnov?: FieldChange;
  /** It is being taken back: by whom, and the act that it was of. */
  undo?: FieldResolution["undo"] & { by?: string; act?: string };
};

/** Why a choice stands although somebody took it back. changed: the field has changed since. */
export type StayReason = StopReason | "changed";

/**
 * Of an open conflict: what came of the last choice about it. moved: the values were others by then; stopped: it could
 * not be carried out; undone: it was taken back.
 * Of a closed one, how it closed. stopped: its field can be compared no more, and what was chosen was not carried out; apart: as long as it stands, the record stays apart; kept: a choice that could not be
 * taken back; healed: by itself; rule: a policy or a one-way direction settled it; unmapped: its
 * field is not mapped any more.
 */
export type ConflictOutcome =
  | "moved"
  | "stopped"
  | "undone"
  | "applied"
  | "apart"
  | "kept"
  | "healed"
  | "rule"
  | "unmapped";

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
    /** Null where it is about the records themselves, and where the mapping is gone since it was closed. */
    mappingId: uuid("mapping_id").references(() => fieldMappings.id, { onDelete: "set null" }),
    /** The record that stands against it, where there is one. */
    otherSide: text("other_side").$type<Side>(),
    otherId: text("other_id"),
    detail: jsonb().$type<ConflictDetail>().notNull().default({}),
    /** Null also where the sides never agreed. */
    baseValue: jsonb("base_value").$type<Value>(),
    snovValue: jsonb("snov_value").$type<Value>(),
    hubspotValue: jsonb("hubspot_value").$type<Value>(),
    /** Raised whenever what it says changes: a choice is about one revision. */
    revision: integer().notNull().default(1),
    /** The transaction in which that was last, or the conflict was opened: who read before its end has not seen it as it is. */
    revisedIn: xid8("revised_in").notNull().default(sql`pg_current_xact_id()`),
    /** The last choice; while the conflict is open, one that is still to be carried out. */
    resolution: jsonb().$type<StoredResolution>(),
    /** Of all that were chosen in one act. */
    resolutionId: uuid("resolution_id"),
    resolvedBy: uuid("resolved_by").references(() => users.id, { onDelete: "set null" }),
    resolvedAt: timestamp("resolved_at", { withTimezone: true }),
    /** The transaction in which it was chosen: who read before its end has not seen that. */
    decidedIn: xid8("decided_in"),
    outcome: text().$type<ConflictOutcome>(),
    stopReason: text("stop_reason").$type<StayReason>(),
    openedAt: timestamp("opened_at", { withTimezone: true }).notNull().defaultNow(),
    closedAt: timestamp("closed_at", { withTimezone: true }),
  },
  (t) => [
    uniqueIndex("conflicts_open")
      .on(t.integrationId, t.side, t.recordId, t.kind, sql`coalesce(${t.mappingId}::text, '')`)
      .where(sql`closed_at is null`),
    index("conflicts_queue")
      .on(t.integrationId, t.openedAt, t.side, sql`record_id collate "C"`, t.id)
      .where(sql`closed_at is null`),
    index("conflicts_record").on(t.integrationId, t.side, t.recordId),
    index("conflicts_other").on(t.integrationId, t.otherId),
    index("conflicts_link").on(t.linkId),
    index("conflicts_resolution").on(t.resolutionId).where(sql`resolution_id is not null`),
    index("conflicts_decided")
      .on(t.integrationId, t.resolvedAt, t.id)
      .where(
        sql`closed_at is not null and outcome in ('applied', 'apart', 'kept') and resolution is not null`,
      ),
    index("conflicts_decided_by")
      .on(t.integrationId, t.resolvedBy, t.resolvedAt, t.id)
      .where(
        sql`closed_at is not null and outcome in ('applied', 'apart', 'kept') and resolution is not null`,
      ),
    index("conflicts_decided_in").on(t.integrationId, t.decidedIn).where(sql`decided_in is not null`),
    index("conflicts_apart").on(t.integrationId, t.side, t.recordId).where(sql`outcome = 'apart'`),
    index("conflicts_apart_other").on(t.integrationId, t.otherId).where(sql`outcome = 'apart'`),
  ],
);
