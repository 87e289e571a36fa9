import { and, eq, getTableColumns, inArray, or } from "drizzle-orm";
import type { Db } from "@/db/client";
import { recordLinks } from "@/db/schema/sync";
import { linkRevision } from "./moved-links";
import type { LinkRow } from "./record-work";

/** The links of these records, by either side. */
export async function readLinks(
  db: Db,
  integrationId: string,
  of: { prospectIds: string[]; contactIds: string[] },
): Promise<LinkRow[]> {
  if (!of.prospectIds.length && !of.contactIds.length) return [];
  const rows = await db
    .select({ ...getTableColumns(recordLinks), revision: linkRevision })
    .from(recordLinks)
    .where(
      and(
        eq(recordLinks.integrationId, integrationId),
        or(inArray(recordLinks.prospectId, of.prospectIds), inArray(recordLinks.contactId, of.contactIds)),
      ),
    );
  return rows.map(
    ({ id, prospectId, contactId, base, bothRemoved, declined, turns, revision, ...row }): LinkRow => ({
      id,
      prospectId,
      contactId,
      base,
      bothRemoved,
      declined,
      turns,
      revision,
      firstSynced: { snov: row.firstSyncedToSnov, hubspot: row.firstSyncedToHubspot },
      inScope: { snov: row.snovInScope, hubspot: row.hubspotInScope },
    }),
  );
}
