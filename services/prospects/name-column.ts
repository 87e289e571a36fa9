import { sql } from "drizzle-orm";
import { prospectEmails, prospects } from "@/db/schema/prospects";

/** A prospect's name, else its primary address, in one column. */
export const nameColumn = sql<string | null>`coalesce(
  nullif(trim(concat(${prospects.firstName}, ' ', ${prospects.lastName})), ''),
  (select e.email from ${prospectEmails} e where e.prospect_id = ${prospects.id} and e.is_primary))`;
