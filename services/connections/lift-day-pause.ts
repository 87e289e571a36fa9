import { and, eq, gt, sql } from "drizzle-orm";
import { rateBudgets } from "@/db/schema/rates";
import type { Deps } from "@/services/context";
import { accountKey } from "./account-budget";

/**
 * A person wants to try now what a used-up day has put off: they may have bought more calls. The next call finds out, and
 * where HubSpot has not changed its mind it asks for the pause anew. Tells whether there was one.
 */
export async function liftDayPause({ db }: Pick<Deps, "db">, accountId: string): Promise<boolean> {
  const lifted = await db
    .update(rateBudgets)
    .set({ pausedUntil: null, pauseReason: null, version: sql`${rateBudgets.version} + 1` })
    .where(
      and(
        eq(rateBudgets.account, accountKey(accountId)),
        eq(rateBudgets.pauseReason, "day"),
        gt(rateBudgets.pausedUntil, sql`now()`),
      ),
    )
    .returning({ kind: rateBudgets.kind });
  return lifted.length > 0;
}
