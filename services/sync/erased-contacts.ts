import { and, eq } from "drizzle-orm";
import { anyOf } from "@/db/any-of";
import type { Db, Tx } from "@/db/client";
import { erasedContacts } from "@/db/schema/safety";

/** Those of the contacts of which HubSpot said that they were deleted for privacy. */
export async function erasedContactsAmong(
  db: Db | Tx,
  integrationId: string,
  contactIds: string[],
): Promise<Set<string>> {
  if (!contactIds.length) return new Set();
  const rows = await db
    .select({ id: erasedContacts.contactId })
    .from(erasedContacts)
    .where(and(eq(erasedContacts.integrationId, integrationId), anyOf(erasedContacts.contactId, contactIds)));
  return new Set(rows.map(({ id }) => id));
}
