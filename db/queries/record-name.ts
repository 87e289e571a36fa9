import { sql } from "drizzle-orm";
import { prospects } from "@/db/schema/prospects";

/** What a prospect is called in a sentence: the name, else the primary address. */
export const recordNameSql = sql<string | null>`coalesce(
  nullif(trim(concat_ws(' ', ${prospects.firstName}, ${prospects.lastName})), ''),
  (select email from prospect_emails where prospect_id = ${prospects.id} and is_primary))`;
