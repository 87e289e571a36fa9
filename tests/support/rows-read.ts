import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** How many rows of a table Postgres reads for what is done, whatever way it finds them. */
export async function rowsReadBy(tx: Tx, table: string, act: () => Promise<unknown>): Promise<number> {
  const read = async () => {
    const [row] = await tx.execute<{ read: number }>(
      sql`select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables where relname = ${table}`,
    );
    return row?.read ?? 0;
  };
  const before = await read();
  await act();
  return (await read()) - before;
}
