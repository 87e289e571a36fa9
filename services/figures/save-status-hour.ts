import { sql } from "drizzle-orm";
import { countOfWaitingRecords } from "@/db/queries/waiting-records";
import { hourlyStatuses } from "@/db/schema/hours";
import type { Deps } from "@/services/context";

/** Counts the records of every launched integration by status. Done again within the hour it changes nothing. */
export async function saveStatusHour({ db }: Pick<Deps, "db">): Promise<{ saved: number }> {
  const having = (status: string) =>
    sql`coalesce(sum(of.count) filter (where of.status = ${status}), 0)::int`;
  const rows = await db.execute(sql`
    insert into ${hourlyStatuses} (integration_id, hour, in_sync, waiting, failing, in_conflict, excluded)
    select i.id, date_trunc('hour', now(), 'UTC'), ${having("in_sync")}, coalesce(max(queue.count), 0),
      ${having("failing")}, ${having("in_conflict")}, ${having("excluded")}
    from integrations i
    left join (
      select integration_id, status, count(*) from record_statuses group by integration_id, status
    ) of on of.integration_id = i.id
    left join (
      select integration_id, ${countOfWaitingRecords()} as count from pending_records group by integration_id
    ) queue on queue.integration_id = i.id
    where i.launched_at is not null and i.disconnected_at is null
    group by i.id
    on conflict do nothing returning 1`);
  return { saved: rows.length };
}
