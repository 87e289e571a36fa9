import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type CallKind, type PauseReason, rateBudgets, rateSlots } from "@/db/schema/rates";

/** Calls of one kind that count under HubSpot's limit at this moment. */
export type LimitUse = {
  used: number;
  /** Made by somebody else under the same limit, as far as HubSpot's answers told. */
  foreign: number;
  allowed: number;
  windowMs: number;
  paused: { until: string; ms: number; reason: PauseReason } | null;
};

/** What all workspaces with this account use together; a kind that nobody has called yet is absent. */
export async function limitUse(db: Db, account: string): Promise<Partial<Record<CallKind, LimitUse>>> {
  const pausedMs = sql<number>`extract(epoch from ${rateBudgets.pausedUntil} - now())::float8 * 1000`;
  const rows = await db
    .select({
      kind: rateBudgets.kind,
      used: sql<number>`(
        select count(*)::int from ${rateSlots}
        where ${and(eq(rateSlots.account, rateBudgets.account), eq(rateSlots.kind, rateBudgets.kind))}
          and ${rateSlots.freeAt} > now())`,
      foreign: sql<number>`case when ${rateBudgets.foreignUntil} > now() then ${rateBudgets.foreignCalls} else 0 end`,
      allowed: rateBudgets.maxCalls,
      windowMs: rateBudgets.windowMs,
      until: rateBudgets.pausedUntil,
      reason: rateBudgets.pauseReason,
      pausedMs,
    })
    .from(rateBudgets)
    .where(eq(rateBudgets.account, account));
  return Object.fromEntries(
    rows.map(({ kind, until, reason, pausedMs, ...use }) => {
      const paused =
        until && reason && pausedMs > 0 ? { until: until.toISOString(), ms: pausedMs, reason } : null;
      return [kind, { ...use, paused }];
    }),
  );
}
