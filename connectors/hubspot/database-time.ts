import { type SQL, sql } from "drizzle-orm";

/** So many milliseconds after the database's now. */
export function inMs(ms: number): SQL {
  return sql`now() + make_interval(secs => ${ms / 1000}::float8)`;
}
