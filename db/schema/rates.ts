import { bigint, integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** HubSpot counts searches apart. */
export type CallKind = "general" | "search";
/** Live: somebody waits for it. Bulk: transfers and background reads, which take what live calls leave. */
export type Lane = "live" | "bulk";
/** What HubSpot gave as its reason when it asked for a pause. */
export type PauseReason = "ten_seconds" | "second" | "day" | "locked" | "moving" | "unreachable" | "unnamed";

/** What all processes know about the limit of one HubSpot account, by kind of call. */
export const rateBudgets = pgTable(
  "rate_budgets",
  {
    /** HubSpot's address and the account's id there: workspaces with one account share its limit. */
    account: text().notNull(),
    kind: text().$type<CallKind>().notNull(),
    /** Raised by every change of this row and every taking of a slot: compare and set. */
    version: bigint({ mode: "number" }).notNull().default(0),
    maxCalls: integer("max_calls").notNull(),
    windowMs: integer("window_ms").notNull(),
    pausedUntil: timestamp("paused_until", { withTimezone: true }),
    pauseReason: text("pause_reason").$type<PauseReason>(),
    /** Calls of somebody else under the same limit, as HubSpot's count told. */
    foreignCalls: integer("foreign_calls").notNull().default(0),
    foreignUntil: timestamp("foreign_until", { withTimezone: true }),
    /** The pace of bulk calls: the next one is meant for then. */
    bulkRestUntil: timestamp("bulk_rest_until", { withTimezone: true }),
    /** Until then live calls leave bulk calls their share. */
    bulkWantedUntil: timestamp("bulk_wanted_until", { withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.account, t.kind] })],
);

/** One call each, from before it goes out until a window after its answer. A dead holder's lease ends by itself. */
export const rateSlots = pgTable(
  "rate_slots",
  {
    account: text().notNull(),
    kind: text().$type<CallKind>().notNull(),
    slot: integer().notNull(),
    lane: text().$type<Lane>().notNull(),
    lease: uuid().notNull(),
    freeAt: timestamp("free_at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.kind, t.slot] })],
);
