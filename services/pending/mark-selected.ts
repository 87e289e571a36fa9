import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** Leaves one pending row for each record of an integration that `chosen` selects as (side, id). */
export async function markSelected(
  tx: Tx,
  integrationId: string,
  chosen: SQL,
  dueAt: SQL = sql`now()`,
): Promise<void> {
  await tx.execute(
    marking(
      sql`select ${integrationId}::uuid, chosen.side, chosen.id::text, ${dueAt}, false from (${chosen}) as chosen(side, id)`,
    ),
  );
}

/**
 * The statement that leaves a pending row for each (integration, side, id, due at, echo) that `chosen` selects, in one
 * order for everybody who marks, so that two such statements never wait for each other. It never moves an earlier due
 * time, and what was noticed otherwise as well is no echo.
 */
export function marking(chosen: SQL): SQL {
  return sql`
    insert into pending_records (integration_id, side, record_id, due_at, echo)
    select * from (${chosen}) as marked(integration_id, side, record_id, due_at, echo) order by 1, 2, 3
    on conflict (integration_id, side, record_id) do update set
      generation = pending_records.generation + 1,
      latest_notice_at = now(),
      due_at = least(pending_records.due_at, excluded.due_at),
      echo = pending_records.echo and excluded.echo,
      attempts = 0`;
}
