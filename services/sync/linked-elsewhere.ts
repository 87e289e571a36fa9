import { and, inArray, ne } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { recordLinks } from "@/db/schema/sync";

/** Those of these prospects that have a contact in another integration as well. */
export async function linkedElsewhere(
  db: Db | Tx,
  integrationId: string,
  prospectIds: string[],
): Promise<Set<string>> {
  if (!prospectIds.length) return new Set();
  const rows = await db
    .select({ prospectId: recordLinks.prospectId })
    .from(recordLinks)
    .where(and(inArray(recordLinks.prospectId, prospectIds), ne(recordLinks.integrationId, integrationId)));
  return new Set(rows.map(({ prospectId }) => prospectId));
}
