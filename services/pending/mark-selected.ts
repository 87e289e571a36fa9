import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/**
 * Leaves one pending row for each record that `chosen` selects as (side, id), in one order for everybody who
 * marks, so that two of them never wait for each other. `dueAt` never moves an earlier due time.
 */
export async function markSelected(
  tx: Tx,
  integrationId: string,
  chosen: SQL,
  dueAt: SQL = sql`now()`,
): Promise<void> {
  await tx.execute(sql`
    insert into pending_records (integration_id, side, record_id, due_at)
    select ${integrationId}::uuid, chosen.side, chosen.id::text, ${dueAt}
    from (${chosen}) as chosen(side, id) order by chosen.side, chosen.id::text
    on conflict (integration_id, side, record_id) do update set
      generation = pending_records.generation + 1,
      due_at = least(pending_records.due_at, excluded.due_at),
      attempts = 0`);
}
