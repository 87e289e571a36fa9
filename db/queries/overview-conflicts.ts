import { aliasedTable, and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type ConflictKind, conflicts } from "@/db/schema/conflicts";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { recordLinks } from "@/db/schema/sync";
import type { Absence } from "@/sync/removal";
import type { Both, Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { recordNameOf, recordNameSql } from "./record-name";

/** The record that stands against a conflict's own. */
export type ConflictOther = { side: Side; id: string; name: string | null };

export type OverviewConflict = {
  id: string;
  kind: ConflictKind;
  /** Null where it is about a record that has no partner. */
  prospectId: string | null;
  contactId: string | null;
  recordName: string | null;
  /** Null where it is about the records themselves. */
  fields: Both<string> | null;
  /** In HubSpot's choices where the field has choices. Null also where the sides never agreed. */
  base: Value;
  values: Both<Value>;
  other: ConflictOther | null;
  /** Where it was removed and how, and the fields that were edited on the other side. */
  removedOn: Side | null;
  absence: Absence | null;
  editedFields: Both<string>[];
  openedAt: string;
};

const otherProspects = aliasedTable(prospects, "other_prospects");

/** Open conflicts of every kind, the longest open first. */
export async function openConflicts(
  db: Db,
  workspaceId: string,
  integrationId: string,
  limit: number,
): Promise<OverviewConflict[]> {
  const rows = await db
    .select({
      id: conflicts.id,
      kind: conflicts.kind,
      side: conflicts.side,
      recordId: conflicts.recordId,
      linkedContactId: recordLinks.contactId,
      recordName: sql<
        string | null
      >`coalesce(${recordNameSql}, nullif(${conflicts.detail} ->> 'recordName', ''))`,
      snovField: fieldMappings.snovField,
      hubspotProperty: fieldMappings.hubspotProperty,
      base: conflicts.baseValue,
      snovValue: conflicts.snovValue,
      hubspotValue: conflicts.hubspotValue,
      otherSide: conflicts.otherSide,
      otherId: conflicts.otherId,
      otherName: sql<string | null>`${recordNameOf(otherProspects)}`,
      detail: conflicts.detail,
      editedFields: sql<Both<string>[]>`coalesce((
        select jsonb_agg(jsonb_build_object('snov', m.snov_field, 'hubspot', m.hubspot_property) order by m.position)
        from field_mappings m
        where m.integration_id = ${conflicts.integrationId} and ${conflicts.detail} -> 'mappingIds' ? m.id::text
      ), '[]'::jsonb)`,
      openedAt: conflicts.openedAt,
    })
    .from(conflicts)
    .innerJoin(integrations, eq(integrations.id, conflicts.integrationId))
    .leftJoin(recordLinks, eq(recordLinks.id, conflicts.linkId))
    .leftJoin(fieldMappings, eq(fieldMappings.id, conflicts.mappingId))
    .leftJoin(
      prospects,
      and(
        eq(prospects.workspaceId, workspaceId),
        // A contact's id is no uuid: `case` keeps the cast from it.
        sql`${prospects.id} = case when ${conflicts.side} = 'snov' then ${conflicts.recordId}::uuid end`,
      ),
    )
    .leftJoin(
      otherProspects,
      and(
        eq(otherProspects.workspaceId, workspaceId),
        sql`${otherProspects.id} = case when ${conflicts.otherSide} = 'snov' then ${conflicts.otherId}::uuid end`,
      ),
    )
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        eq(integrations.id, integrationId),
        isNull(conflicts.closedAt),
      ),
    )
    .orderBy(asc(conflicts.openedAt), asc(conflicts.id))
    .limit(limit);
  return rows.map(({ id, kind, side, recordId, recordName, base, editedFields, detail, ...row }) => ({
    id,
    kind,
    recordName,
    base,
    editedFields,
    prospectId: side === "snov" ? recordId : null,
    contactId: side === "hubspot" ? recordId : row.linkedContactId,
    fields:
      row.snovField && row.hubspotProperty ? { snov: row.snovField, hubspot: row.hubspotProperty } : null,
    values: { snov: row.snovValue, hubspot: row.hubspotValue },
    other:
      row.otherSide && row.otherId ? { side: row.otherSide, id: row.otherId, name: row.otherName } : null,
    removedOn: detail.removedOn ?? null,
    absence: detail.absence ?? null,
    openedAt: row.openedAt.toISOString(),
  }));
}
