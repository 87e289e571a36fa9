import { getTableColumns, getTableName, type InferInsertModel, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { groupBy } from "@/lib/group-by";
import { atOnce } from "./at-once";
import type { Db, Tx } from "./client";

/**
 * Inserts rows by one parameter, whatever their number: a page's hundred rows with a parameter for each value take longer to
 * put together than to write. A value that is not given is its default. Serial ids follow the order of the rows where all give
 * the same values; others come after those like the first. `onConflict`: what follows the rows, if anything.
 */
export async function insertMany<T extends PgTable>(
  tx: Db | Tx,
  table: T,
  rows: InferInsertModel<T>[],
  onConflict: SQL = sql``,
): Promise<void> {
  const columns = Object.entries(getTableColumns(table));
  type Row = Record<string, unknown>;
  const givenOf = (row: Row) => columns.filter(([key]) => row[key] !== undefined);
  const alike = groupBy(rows as Row[], (row) =>
    givenOf(row)
      .map(([key]) => key)
      .join(),
  );
  const inserting = (group: Row[]) => {
    const given = givenOf(group[0] ?? {});
    const names = sql.join(
      given.map(([, { name }]) => sql.identifier(name)),
      sql`, `,
    );
    const types = given.map(([, column]) => `"${column.name}" ${column.getSQLType()}`).join(", ");
    const values = group.map((row) => Object.fromEntries(given.map(([key, { name }]) => [name, row[key]])));
    return sql`
      insert into ${sql.identifier(getTableName(table))} (${names})
      select ${names} from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as x(${sql.raw(types)}) ${onConflict}`;
  };
  await atOnce([...alike.values()].map((group) => () => tx.execute(inserting(group))));
}
