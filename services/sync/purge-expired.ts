import { lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { oauthStates } from "@/db/schema/connections";
import { hourlyCalls, hourlyChanges, hourlyLatencies, hourlyStatuses } from "@/db/schema/hours";
import { rateSlots } from "@/db/schema/rates";
import { harmCounts } from "@/db/schema/safety";
import { signInFailures } from "@/db/schema/workspaces";
import type { Deps } from "@/services/context";

const rowsAtOnce = 5000;

/**
 * Removes what has served its purpose: notices of a week ago, runs that ended 90 days ago, what earlier runs than an
 * integration's newest told of records that were alike or left out, what people were told and has been over for 90 days,
 * e-mails of a month ago, hours of 90 days ago, minutes that no fuse's window reaches, old
 * sign-in failures, expired connect tries, slots of accounts that nobody calls any more. What may be many rows goes
 * in small batches, so that nobody waits for long: what a crash leaves, the next day's purge finds.
 */
export async function purgeExpired({ db }: Pick<Deps, "db">, atOnce = rowsAtOnce): Promise<void> {
  await inBatches(db, atOnce, sql`change_notices`, sql`received_at < now() - interval '7 days'`);
  await inBatches(db, atOnce, sql`untold_changes`, sql`found_at < now() - interval '7 days'`);
  await inBatches(
    db,
    atOnce,
    sql`run_items`,
    sql`(${isSilent} and run_id in (${earlierRuns})) or run_id in (${oldRuns})`,
  );
  await inBatches(db, atOnce, sql`runs`, sql`id in (${oldRuns})`);
  await inBatches(
    db,
    atOnce,
    sql`notices`,
    sql`coalesce(ended_at, raised_at) < now() - interval '90 days' and ${isOver}`,
  );
  await inBatches(
    db,
    atOnce,
    sql`mails`,
    sql`state <> 'waiting' and settled_at < now() - interval '30 days'`,
  );
  for (const table of [hourlyChanges, hourlyLatencies, hourlyStatuses, hourlyCalls])
    await inBatches(db, atOnce, sql`${table}`, sql`hour < now() - interval '90 days'`);
  await db.delete(harmCounts).where(lt(harmCounts.minute, sql`now() - interval '2 days'`));
  await db.delete(signInFailures).where(lt(signInFailures.at, sql`now() - interval '1 day'`));
  await db.delete(rateSlots).where(lt(rateSlots.freeAt, sql`now() - interval '1 day'`));
  await db.delete(oauthStates).where(lt(oauthStates.expiresAt, sql`now() - interval '1 day'`));
}

/** It tells nothing that the run's counts and the record's status do not. */
const isSilent = sql`outcome in ('equal', 'known', 'excluded')`;

const isOver = sql`(ended_at is not null or kind = 'transfer_ended')`;

const newerEnded = sql`exists (
  select 1 from runs newer where newer.integration_id = r.integration_id and newer.kind = r.kind
    and newer.finished_at is not null and newer.started_at > r.started_at)`;

const earlierRuns = sql`select r.id from runs r where r.kind = 'reconcile' and r.finished_at is not null and ${newerEnded}`;

/** What an undo goes by, and is an undo by. */
const isUndone = sql`exists (select 1 from transfers t where t.undoes = r.id)`;

/** An integration's newest stays, however old: the overview tells of it. So does a transfer as long as its undo does. */
const oldRuns = sql`select r.id from runs r
  where r.finished_at < now() - interval '90 days' and ${newerEnded} and not ${isUndone}`;

async function inBatches(db: Db, atOnce: number, table: SQL, expired: SQL): Promise<void> {
  for (;;) {
    const gone = await db.execute(sql`
      delete from ${table} where ctid = any(array(select ctid from ${table} where ${expired} limit ${atOnce}::int))
      returning 1`);
    if (gone.length < atOnce) return;
  }
}
