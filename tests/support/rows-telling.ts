import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** Every row of every table that holds the word, in whatever column. */
export async function rowsTelling(db: Db, word: string): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  );
  const rows = [];
  for (const { name } of tables) {
    const found = await db.execute<{ row: string }>(
      sql`select row_to_json(t)::text as row from ${sql.raw(name)} t where row_to_json(t)::text ilike ${`%${word}%`}`,
    );
    rows.push(...found.map(({ row }) => `${name} ${row}`));
  }
  return rows;
}
