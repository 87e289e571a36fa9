import { and, eq, inArray, or } from "drizzle-orm";
import type { Db } from "@/db/client";
import { recordLinks } from "@/db/schema/sync";
import type { LinkRow } from "./record-work";

/** The links of these records, by either side. */
export async function readLinks(
  db: Db,
  integrationId: string,
  of: { prospectIds: string[]; contactIds: string[] },
): Promise<LinkRow[]> {
  if (!of.prospectIds.length && !of.contactIds.length) return [];
  const rows = await db
    .select()
    .from(recordLinks)
    .where(
      and(
        eq(recordLinks.integrationId, integrationId),
        or(inArray(recordLinks.prospectId, of.prospectIds), inArray(recordLinks.contactId, of.contactIds)),
      ),
    );
  return rows.map(
    ({ id, prospectId, contactId, base, bothRemoved, declined, turns, ...row }): LinkRow => ({
      id,
      prospectId,
      contactId,
      base,
      bothRemoved,
      declined,
      turns,
      firstSynced: { snov: row.firstSyncedToSnov, hubspot: row.firstSyncedToHubspot },
      inScope: { snov: row.snovInScope, hubspot: row.hubspotInScope },
    }),
  );
}
