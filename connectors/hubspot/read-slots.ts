import { and, eq, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import { type CallKind, type Lane, type PauseReason, rateBudgets, rateSlots } from "@/db/schema/rates";
import { type Limit, slotsOf } from "./rate-budget";
import type { BudgetState } from "./share-slots";

export type Known = {
  version: number;
  maxCalls: number;
  state: BudgetState;
  held: Set<number>;
  /** Of the latest pause, which may be over. */
  pauseReason: PauseReason | null;
};

/** One consistent look at an account's slots, all times as the database's clock has them. */
export async function readSlots(db: Db, account: string, kind: CallKind, usual: Limit): Promise<Known> {
  const [row] = await db
    .select({
      version: rateBudgets.version,
      maxCalls: rateBudgets.maxCalls,
      windowMs: rateBudgets.windowMs,
      pausedMs: msUntil(rateBudgets.pausedUntil),
      pauseReason: rateBudgets.pauseReason,
      foreignCalls: rateBudgets.foreignCalls,
      foreignMs: msUntil(rateBudgets.foreignUntil),
      bulkRestMs: msUntil(rateBudgets.bulkRestUntil),
      bulkWantedMs: msUntil(rateBudgets.bulkWantedUntil),
      held: sql<[number, Lane, number][]>`coalesce((
        select json_agg(json_build_array(slot, lane, ${msUntil(rateSlots.freeAt)}))
        from ${rateSlots}
        where account = ${account} and kind = ${kind} and free_at > now()), '[]')`,
    })
    .from(rateBudgets)
    .where(and(eq(rateBudgets.account, account), eq(rateBudgets.kind, kind)));
  if (!row) {
    await db
      .insert(rateBudgets)
      .values({ account, kind, maxCalls: usual.maxCalls, windowMs: usual.windowMs })
      .onConflictDoNothing();
    return readSlots(db, account, kind, usual);
  }
  const { version, windowMs, pausedMs, bulkRestMs, bulkWantedMs } = row;
  return {
    version,
    maxCalls: row.maxCalls,
    state: {
      slots: slotsOf({ ...usual, maxCalls: row.maxCalls }),
      windowMs,
      pausedMs,
      foreign: { calls: row.foreignCalls, ms: row.foreignMs },
      bulkRestMs,
      bulkWantedMs,
      held: row.held.map(([, lane, freeInMs]) => ({ lane, freeInMs })),
    },
    held: new Set(row.held.map(([number]) => number)),
    pauseReason: row.pauseReason,
  };
}

function msUntil(column: PgColumn) {
  return sql<number>`coalesce(extract(epoch from ${column} - now()) * 1000, 0)::float8`;
}
