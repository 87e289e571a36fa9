import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type CallKind, rateBudgets } from "@/db/schema/rates";
import { inMs } from "./database-time";
import type { Limit } from "./rate-budget";
import type { AskedPause } from "./remote-error";

/** Every process obeys; the longest pause stands. */
export async function pauseBudget(
  db: Db,
  account: string,
  kind: CallKind,
  { ms, reason }: AskedPause,
  { maxCalls, windowMs }: Limit,
): Promise<void> {
  const until = inMs(ms);
  await db
    .insert(rateBudgets)
    .values({ account, kind, maxCalls, windowMs, pausedUntil: until, pauseReason: reason })
    .onConflictDoUpdate({
      target: [rateBudgets.account, rateBudgets.kind],
      set: { version: sql`${rateBudgets.version} + 1`, pausedUntil: until, pauseReason: reason },
      setWhere: sql`${rateBudgets.pausedUntil} is null or ${rateBudgets.pausedUntil} < ${until}`,
    });
}
