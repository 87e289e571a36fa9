import { and, desc, eq, inArray, isNotNull, notInArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { prospects } from "@/db/schema/prospects";
import { activities, recordLinks } from "@/db/schema/sync";

/**
 * Prospects in the trash that went with one of these contacts last, and lost it to another prospect after a merge: what
 * they hold is of the contact's person too.
 */
export async function trashedPartners(
  tx: Tx,
  integrationId: string,
  contactIds: string[],
): Promise<string[]> {
  if (!contactIds.length) return [];
  const once = tx
    .selectDistinct({ id: activities.prospectId })
    .from(activities)
    .where(and(eq(activities.integrationId, integrationId), inArray(activities.contactId, contactIds)));
  const linked = tx
    .select({ id: recordLinks.prospectId })
    .from(recordLinks)
    .where(eq(recordLinks.integrationId, integrationId));
  const last = await tx
    .selectDistinctOn([activities.prospectId], { id: prospects.id, contactId: activities.contactId })
    .from(activities)
    .innerJoin(prospects, eq(prospects.id, activities.prospectId))
    .where(
      and(
        eq(activities.integrationId, integrationId),
        isNotNull(activities.contactId),
        isNotNull(prospects.deletedAt),
        inArray(prospects.id, once),
        notInArray(prospects.id, linked),
      ),
    )
    .orderBy(activities.prospectId, desc(activities.id));
  return last.flatMap(({ id, contactId }) => (contactId && contactIds.includes(contactId) ? [id] : []));
}
