import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type CallKind, rateBudgets, rateSlots } from "@/db/schema/rates";
import type { LimitReport } from "./limit-report";

/** The account's plan, or HubSpot's mind, has changed: from now on there are so many slots, for everybody. */
export async function learnLimit(
  db: Db,
  account: string,
  kind: CallKind,
  { maxCalls, windowMs }: Pick<LimitReport, "maxCalls" | "windowMs">,
): Promise<void> {
  await db
    .update(rateBudgets)
    .set({ version: sql`${rateBudgets.version} + 1`, maxCalls, windowMs })
    .where(and(eq(rateBudgets.account, account), eq(rateBudgets.kind, kind)));
}

/**
 * HubSpot counted more calls than we hold slots, and slots are held longer than calls count: the rest is somebody
 * else's. They keep their room for a window, or until an answer shows more. A slot that was freed while the
 * answer was on its way, `sinceMs` at most, still counts as ours.
 */
export async function noteForeignCalls(
  db: Db,
  account: string,
  kind: CallKind,
  counted: number,
  sinceMs: number,
): Promise<void> {
  await db.execute(sql`
    update ${rateBudgets} as budget set
      version = version + 1,
      foreign_calls = seen.calls,
      foreign_until = now() + window_ms * interval '1 millisecond'
    from (
      select ${counted}::int - count(*)::int as calls from ${rateSlots}
      where account = ${account} and kind = ${kind}
        and free_at > now() - make_interval(secs => ${sinceMs / 1000}::float8)
    ) as seen
    where budget.account = ${account} and budget.kind = ${kind} and seen.calls > 0
      and (seen.calls > foreign_calls or coalesce(foreign_until, now()) < now() + window_ms * interval '0.5 millisecond')
      and (seen.calls >= foreign_calls or coalesce(foreign_until, now()) <= now())`);
}
