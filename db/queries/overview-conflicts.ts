import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { recordLinks } from "@/db/schema/sync";
import type { Value } from "@/sync/value";
import { recordNameSql } from "./record-name";

export type OverviewConflict = {
  id: string;
  prospectId: string;
  contactId: string;
  recordName: string | null;
  snovField: string;
  hubspotProperty: string;
  /** In HubSpot's choices where the field has choices. Null also where the sides never agreed. */
  base: Value;
  snovValue: Value;
  hubspotValue: Value;
  openedAt: string;
};

/** Open conflicts, the longest open first. */
export async function openConflicts(
  db: Db,
  workspaceId: string,
  integrationId: string,
  limit: number,
): Promise<OverviewConflict[]> {
  const rows = await db
    .select({
      id: conflicts.id,
      prospectId: recordLinks.prospectId,
      contactId: recordLinks.contactId,
      recordName: sql<string | null>`${recordNameSql}`,
      snovField: fieldMappings.snovField,
      hubspotProperty: fieldMappings.hubspotProperty,
      base: conflicts.baseValue,
      snovValue: conflicts.snovValue,
      hubspotValue: conflicts.hubspotValue,
      openedAt: conflicts.openedAt,
    })
    .from(conflicts)
    .innerJoin(integrations, eq(integrations.id, conflicts.integrationId))
    .innerJoin(recordLinks, eq(recordLinks.id, conflicts.linkId))
    .innerJoin(prospects, eq(prospects.id, recordLinks.prospectId))
    .innerJoin(fieldMappings, eq(fieldMappings.id, conflicts.mappingId))
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        eq(integrations.id, integrationId),
        isNull(conflicts.closedAt),
      ),
    )
    .orderBy(asc(conflicts.openedAt), asc(conflicts.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, openedAt: row.openedAt.toISOString() }));
}
