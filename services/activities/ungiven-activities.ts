import { and, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { activities, type FieldDelta } from "@/db/schema/sync";

export type UngivenActivity = { id: number; contactId: string; changes: FieldDelta[]; at: Date };

/** What came from HubSpot and has not been asked of its history, the latest first. */
export async function ungivenActivities(
  db: Db,
  integrationId: string,
  limit: number,
  among?: SQL,
): Promise<UngivenActivity[]> {
  return await db
    .select({
      id: activities.id,
      contactId: sql<string>`${activities.contactId}`,
      changes: activities.changes,
      at: activities.at,
    })
    .from(activities)
    .where(
      and(
        eq(activities.integrationId, integrationId),
        isNull(activities.givers),
        sql`${activities.kind} = 'prospect/edited' and ${activities.cause} ->> 'kind' = 'sync'`,
        isNotNull(activities.contactId),
        among,
      ),
    )
    .orderBy(desc(activities.id))
    .limit(limit);
}
