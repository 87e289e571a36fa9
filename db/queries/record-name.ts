import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { prospects } from "@/db/schema/prospects";

/** What a prospect is called in a sentence: the name, else the primary address. */
export const recordNameSql = recordNameOf(prospects);

/** The same for a second prospect in a query. */
export function recordNameOf(
  table: Record<"id" | "firstName" | "lastName", AnyPgColumn>,
): SQL<string | null> {
  return sql<string | null>`coalesce(
    nullif(trim(concat_ws(' ', ${table.firstName}, ${table.lastName})), ''),
    (select email from prospect_emails where prospect_id = ${table.id} and is_primary))`;
}
