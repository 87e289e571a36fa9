import { sql } from "drizzle-orm";
import { accountKey } from "@/services/connections/account-budget";
import { ACCOUNT } from "@/tests/sandbox/test-sandbox";
import type { SyncWorld } from "@/tests/support/sync-world";

/** The sums of 90 days in which something happened in every hour, and a status for each of 200,000 records. */
export async function fillHours({ db, integrationId }: SyncWorld): Promise<void> {
  const hours = sql`generate_series(date_trunc('hour', now() - interval '90 days'), now(), interval '1 hour') as hour`;
  await db.execute(sql`
    insert into hourly_changes (integration_id, hour, side, changes)
    select ${integrationId}::uuid, hour, side, 500 from ${hours}, unnest(array['snov', 'hubspot']) as side`);
  await db.execute(sql`
    insert into hourly_latencies (integration_id, hour, bucket, changes)
    select ${integrationId}::uuid, hour, bucket, 20 from ${hours}, generate_series(60, 110) as bucket`);
  await db.execute(sql`
    insert into hourly_statuses (integration_id, hour, in_sync, waiting, failing, in_conflict, excluded)
    select ${integrationId}::uuid, hour, 190000, 10, 5, 5, 10000 from ${hours}
    where hour < date_trunc('hour', now())`);
  await db.execute(sql`
    insert into hourly_calls (account, kind, hour, calls, peak, allowed)
    select ${accountKey(String(ACCOUNT))}, kind, hour, 2000, 3, 110 from ${hours}, unnest(array['general', 'search']) as kind
    on conflict do nothing`);
  await db.execute(sql`
    insert into record_statuses (integration_id, side, record_id, status, reason)
    select ${integrationId}::uuid, 'snov', gen_random_uuid()::text, case when n % 20 = 0 then 'excluded' else 'in_sync' end,
      case when n % 20 = 0 then 'no_email' end
    from generate_series(1, 200000) n`);
  await db.execute(sql`analyze`);
}
