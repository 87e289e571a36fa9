import { sql } from "drizzle-orm";
import type { Deps } from "@/services/context";

/** Active integrations with work that nobody holds: whose wake-up was lost, or whose links are not complete. */
export async function wakeLeftovers(deps: Deps): Promise<string[]> {
  const rows = await deps.db.execute(sql`
    select i.id from integrations i
    where i.state = 'active' and i.disconnected_at is null and (i.existing_linked_at is null or exists (
      select 1 from pending_records p where p.integration_id = i.id and p.due_at <= now()
        and (p.leased_until is null or p.leased_until < now())))`);
  const ids = rows.map((row) => String(row.id));
  if (ids.length) await deps.wake(ids);
  return ids;
}

/** Whether records will be due within moments. */
export async function hasPendingSoon({ db }: Deps, integrationId: string): Promise<boolean> {
  const [row] = await db.execute(sql`
    select 1 from pending_records
    where integration_id = ${integrationId}::uuid and due_at <= now() + interval '5 seconds' and lease is null limit 1`);
  return row !== undefined;
}
