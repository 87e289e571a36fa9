import { and, eq, getTableColumns, or, sql } from "drizzle-orm";
import { anyOf } from "@/db/any-of";
import type { Db } from "@/db/client";
import { recordLinks } from "@/db/schema/sync";
import type { LinkRow } from "./record-work";

type Records = { prospectIds: string[]; contactIds: string[] };

/** Changes with every write of the row, whoever writes it. */
export const linkRevision = sql<string>`${recordLinks}.xmin::text`;

/** Those of one side are looked up by its index alone: with an "or" Postgres weighs each id against every index, for milliseconds. */
export function ofRecords(integrationId: string, { prospectIds, contactIds }: Records) {
  const byProspect = anyOf(recordLinks.prospectId, prospectIds);
  const byContact = anyOf(recordLinks.contactId, contactIds);
  const which = !contactIds.length ? byProspect : !prospectIds.length ? byContact : or(byProspect, byContact);
  return and(eq(recordLinks.integrationId, integrationId), which);
}

/** The links of these records, by either side. */
export async function readLinks(db: Db, integrationId: string, of: Records): Promise<LinkRow[]> {
  if (!of.prospectIds.length && !of.contactIds.length) return [];
  const rows = await db
    .select({ ...getTableColumns(recordLinks), revision: linkRevision })
    .from(recordLinks)
    .where(ofRecords(integrationId, of));
  return rows.map(
    ({
      id,
      prospectId,
      contactId,
      base,
      bothRemoved,
      declined,
      refused,
      turns,
      revision,
      ...row
    }): LinkRow => ({
      id,
      prospectId,
      contactId,
      base,
      bothRemoved,
      declined,
      refused,
      turns,
      revision,
      owed: { hubspot: row.owed },
      firstSynced: { snov: row.firstSyncedToSnov, hubspot: row.firstSyncedToHubspot },
      inScope: { snov: row.snovInScope, hubspot: row.hubspotInScope },
    }),
  );
}
