import { type SQL, sql } from "drizzle-orm";

/** A time of the database as `Date.toISOString` writes it, to the millisecond. */
export const isoTime = (time: SQL): SQL =>
  sql`to_char(${time} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
