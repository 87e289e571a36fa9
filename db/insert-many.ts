import { getTableColumns, getTableName, type InferInsertModel, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "./client";

/**
 * Inserts rows by one parameter, whatever their number: a page's hundred rows with a parameter for each value take longer to
 * put together than to write. All rows give the same columns; the others get their defaults.
 */
export async function insertMany<T extends PgTable>(
  tx: Tx,
  table: T,
  rows: InferInsertModel<T>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const given = Object.entries(getTableColumns(table)).filter(([key]) => key in first);
  const names = sql.join(
    given.map(([, { name }]) => sql.identifier(name)),
    sql`, `,
  );
  const types = given.map(([, column]) => `"${column.name}" ${column.getSQLType()}`).join(", ");
  const values = rows.map((row) =>
    Object.fromEntries(given.map(([key, { name }]) => [name, row[key as keyof typeof row] ?? null])),
  );
  await tx.execute(sql`
    insert into ${sql.identifier(getTableName(table))} (${names})
    select ${names} from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as x(${sql.raw(types)})`);
}
