import { and, eq, gt, sql } from "drizzle-orm";
import { isOfAccount } from "@/db/queries/hubspot-connections";
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
  if (lifted.length) {
    await wakeTransfers({ db }, accountId);
    await wakeComparisons({ db }, accountId);
  }
  return lifted.length > 0;
}

/** Those that HubSpot told to wait until the day is over are looked for within a minute. */
async function wakeTransfers({ db }: Pick<Deps, "db">, accountId: string): Promise<void> {
  await db.execute(sql`
    update transfers set wake_at = now() from runs
    where runs.id = transfers.run_id and runs.finished_at is null and transfers.hindered ->> 'kind' = 'day'
      and transfers.wake_at > now() and ${isOfAccount(sql`runs.integration_id`, accountId)}`);
}

/** The same within ten minutes. */
async function wakeComparisons({ db }: Pick<Deps, "db">, accountId: string): Promise<void> {
  await db.execute(sql`
    update runs set checkpoint = checkpoint - 'wakeAt'
    where kind = 'reconcile' and finished_at is null
      and (checkpoint -> 'hindered' ->> 'until')::timestamptz > now() and ${isOfAccount(sql`runs.integration_id`, accountId)}`);
}
